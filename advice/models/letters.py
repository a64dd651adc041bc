"""What was decided and sent: written once, never changed (insert-only tables, see the migration)."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from advice.models.drafting import Advice
from advice.models.procedures import WrittenProcedure
from advice.querysets import LetterCopyQuerySet, LetterQuerySet
from advice.states import ASKS_NO_ANSWER, Manner, Outcome, Relation, ResponseState
from councils.models import Authority, Council
from councils.querysets import OfCouncilQuerySet
from meetings.models import AgendaItem, Meeting
from portal.constraints import InsertOnly
from portal.models import Document, Person


class Decision(InsertOnly):
    """The decision on an advice, with the votes and what the rule book makes of them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="decisions")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="decisions")
    agenda_item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="decisions")
    manner = models.CharField(_("How was it decided?"), max_length=20, choices=Manner, default=Manner.MEETING)
    procedure = models.OneToOneField(WrittenProcedure, models.PROTECT, null=True, related_name="decision")
    mandate_reason = models.TextField(_("Why could it not wait for a meeting?"), blank=True)
    decided_on = models.DateField(_("Decided on"))
    present = models.PositiveSmallIntegerField(_("Voting members present"))
    in_favour = models.PositiveSmallIntegerField(_("In favour"))
    against = models.PositiveSmallIntegerField(_("Against"))
    abstained = models.PositiveSmallIntegerField(_("Abstained"))
    outcome = models.CharField(max_length=20, choices=Outcome)
    quorum_needed = models.PositiveSmallIntegerField(null=True)
    quorum_article = models.CharField(max_length=200, blank=True)
    without_quorum_reason = models.TextField(_("Why the decision stands without a quorum"), blank=True)
    sentence = models.TextField(help_text="What the rules make of the votes, in one Dutch sentence")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(present__gte=models.F("in_favour") + models.F("against") + models.F("abstained")),
                name="advice_decision_votes_within_present",
            ),
            models.CheckConstraint(
                condition=~models.Q(manner=Manner.MANDATE) | ~models.Q(mandate_reason=""),
                name="advice_decision_mandate_with_reason",
            ),
        ]


class AdoptedText(InsertOnly):
    """The text as the council adopted it, with its hash: the first freeze."""

    advice = models.ForeignKey(Advice, models.PROTECT, related_name="adopted_texts")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="adopted_text")
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()


class EditorialText(InsertOnly):
    """The adopted text after editing (redactionele eindversie): named as such, its differences shown."""

    advice = models.ForeignKey(Advice, models.PROTECT, related_name="editorial_texts")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    adopted_text = models.ForeignKey(AdoptedText, models.PROTECT, related_name="editorial_texts")
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(_("What was changed, and why?"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()


class Ratification(InsertOnly):
    """What the council said at its next meeting of a decision that its board took by mandate (bekrachtiging)."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="ratification")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(_("Decided on"))
    ratified = models.BooleanField(_("Ratified"))
    note = models.TextField(_("What was said"), blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()


class NumberCounter(models.Model):
    """The last number given, per council, series and year. Its row lock makes numbers gapless."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    series = models.CharField(max_length=30, default="advice")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "series", "year"], name="advice_numbercounter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class Letter(InsertOnly):
    """An issued advice (uitgebracht): the LetterText with number, date and signatories. The second freeze.

    `text` has the shape that advice.letter_print documents. A letter from before the portal has no serial and
    usually an original, which then is the record.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.OneToOneField(Advice, models.PROTECT, related_name="letter")
    council = models.ForeignKey(Council, models.PROTECT, related_name="letters")
    series = models.CharField(max_length=30, default="advice")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField(null=True)
    reference = models.CharField(_("Reference"), max_length=80)
    slug = models.SlugField(max_length=100)
    dated_on = models.DateField(_("Date of the letter"))
    subject = models.CharField(_("Subject"), max_length=200)
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)
    concerns = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    relation = models.CharField(max_length=20, choices=Relation, blank=True)
    # Of the short address in print: 8 signs that are not mistaken for each other. Letters of before have none.
    code = models.CharField(max_length=12, unique=True, null=True)
    imported = models.BooleanField(default=False)
    original = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "reference"], name="advice_letter_reference_once"),
            models.UniqueConstraint(fields=["council", "slug"], name="advice_letter_slug_once"),
            models.UniqueConstraint(
                fields=["council", "series", "year", "serial"],
                condition=models.Q(serial__isnull=False),
                name="advice_letter_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(imported=True) | models.Q(serial__gt=0),
                name="advice_letter_numbered_unless_imported",
            ),
            models.CheckConstraint(
                condition=models.Q(concerns__isnull=True, relation="")
                | models.Q(concerns__isnull=False) & ~models.Q(relation=""),
                name="advice_letter_concerns_with_relation",
            ),
        ]
        indexes = [models.Index(fields=["council", "-dated_on"], name="advice_letter_council")]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("advice:public", args=[self.council.slug, self.slug])


class LetterCopy(InsertOnly):
    """The copy for one authority, with its own addressee, reference and response term. Each answers for itself."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="copies")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="letter_copies")
    addressee = models.JSONField(default=list)  # list of str, the address window
    your_reference = models.CharField(max_length=60, blank=True)
    response_due_on = models.DateField(null=True)
    response_article = models.CharField(max_length=200, blank=True)
    response_steps = models.JSONField(default=list)

    objects = LetterCopyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "authority"], name="advice_lettercopy_once")]

    def __str__(self) -> str:
        return f"{self.letter.reference} – {self.authority}"

    @property
    def due_on(self) -> date | None:
        """The last day of the answer as it is now. Where the lists sort or filter, use DUE_ON of the querysets."""
        return self.extended_until or self.response_due_on

    @property
    def extended_until(self) -> date | None:
        response = getattr(self, "response", None)
        return response.extended_until if response else None

    @property
    def has_lapsed(self) -> bool:
        """No answer has to come: the letter was corrected or withdrawn, or it asks none."""
        response = getattr(self, "response", None)
        if response is not None and response.state != ResponseState.DRAFT:
            return response.state == ResponseState.LAPSED
        return self.letter.relation in ASKS_NO_ANSWER

    @cached_property
    def extension(self) -> Any:
        """The newest message that the answer takes longer. Asks the database only when there is one."""
        return self.extensions.order_by("-pk").first() if self.extended_until else None

    @property
    def due_steps(self) -> list[dict[str, Any]]:
        """How the last day of now was counted, for {% why_date %}."""
        return self.extension.steps if self.extension else self.response_steps


BROUGHT_ALONG = "brought along"  # as the renderer of a PDF that came in with its letter


class LetterPdf(InsertOnly):
    """The PDF of a copy, rendered once from the frozen text; or, for an imported letter, our rendering of it or the
    bytes that it brought along."""

    copy = models.OneToOneField(LetterCopy, models.PROTECT, related_name="pdf")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    renderer = models.CharField(max_length=60)
    rendered_at = models.DateTimeField(default=timezone.now)

    @property
    def brought(self) -> bool:
        return self.renderer == BROUGHT_ALONG


class LargePrint(InsertOnly):
    """The same copy in large print (16 points), rendered once from the same frozen text."""

    copy = models.OneToOneField(LetterCopy, models.PROTECT, related_name="large_print")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    renderer = models.CharField(max_length=60)
    rendered_at = models.DateTimeField(default=timezone.now)


class JointAdoption(InsertOnly):
    """Another council of a joint advice adopted the very text that the leading council adopted, and who signs for it;
    or it said no, with the reason.

    The newest row of a council counts, as long as its hash is that of the adopted text.
    """

    advice = models.ForeignKey(Advice, models.PROTECT, related_name="joint_adoptions")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    decided_on = models.DateField(_("Decided on"))
    sha256 = models.CharField(max_length=64, help_text="Of the adopted text")
    signatories = models.JSONField(default=list)  # list of {"name", "role"}
    registered = models.BooleanField(default=False, help_text="Entered by the leading council from a letter or mail")
    proof = models.CharField(_("How do we know?"), max_length=300, blank=True)
    declined_because = models.TextField(_("Why does your council say no?"), blank=True)  # then it is no adoption
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(registered=False) | ~models.Q(proof=""), name="advice_jointadoption_with_proof"
            ),
        ]


class Publication(models.Model):
    """The deliberate step of the secretary that makes a letter public."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="publication")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    published_on = models.DateField(_("Published on"))
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # For a letter whose frozen text has no summary in plain language:
    plain_summary = models.TextField(_("Summary in plain language"), blank=True)
    without_summary_reason = models.TextField(_("Why there is no summary"), blank=True)
    # What changes for me, in three short answers:
    for_whom = models.CharField(_("For whom is this?"), max_length=200, blank=True)
    what_we_ask = models.CharField(_("What do we ask?"), max_length=200, blank=True)
    what_they_said = models.CharField(_("What did the municipality say?"), max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.letter_id} {self.published_on}"


class ImportedFile(InsertOnly):
    """A file of the interchange form as it came in, so that the same file twice changes nothing."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="imported_files")
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = OfCouncilQuerySet.as_manager()
