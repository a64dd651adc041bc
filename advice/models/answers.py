"""What the authority answered, and what it promised."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models.letters import LetterCopy
from advice.querysets import CommitmentQuerySet, ResponseQuerySet
from advice.states import NEEDS_REASON, Check, ResponseState, Verdict
from councils.models import Authority, Council
from councils.states import AnswerForm
from portal.constraints import InsertOnly
from portal.models import Document, Person


class Response(models.Model):
    """The response of one authority's executive. A draft of the civil servant until it is given."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    copy = models.OneToOneField(LetterCopy, models.PROTECT, related_name="response")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ResponseState, default=ResponseState.DRAFT)
    registered = models.BooleanField(default=False, help_text="Entered by the secretary from a letter or mail")
    dated_on = models.DateField(_("Date of the letter"), null=True, blank=True)
    decided_on = models.DateField(_("Decision of the executive on"), null=True, blank=True)
    reference = models.CharField(_("Reference"), max_length=60, blank=True)
    text = models.TextField(_("Text above the answers"), blank=True)
    original = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # What the civil servant typed so far, as it was typed, also what is not complete: field → text or parts of a date.
    draft = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)  # counts up at each saved draft; a stale one never overwrites
    updated_at = models.DateTimeField(default=timezone.now)
    # The last day as it is now, where the authority takes longer; the record is ResponseExtension.
    extended_until = models.DateField(null=True, blank=True)
    not_offered_reason = models.TextField(_("Why was the advice not offered to the executive?"), blank=True)
    approval_outside = models.BooleanField(default=False, help_text="The alderman agreed, but not in the portal")
    # Which version the alderman was asked to read last, and when.
    approval_asked_for = models.PositiveIntegerField(null=True, blank=True)
    approval_asked_at = models.DateTimeField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[ResponseState.DRAFT, ResponseState.LAPSED])
                | models.Q(state=ResponseState.FINAL, dated_on__isnull=False, given_at__isnull=False),
                name="advice_response_dated_when_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id} {self.state}"


class ResponseSave(InsertOnly):
    """A draft of the answer as somebody saved it: nothing that a colleague typed is lost."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="saves")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    based_on = models.PositiveIntegerField(help_text="The version that the writer had in front of them")
    typed = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)


class Approval(InsertOnly):
    """What the alderman says of the draft of the answer: agreed, or back to the writers with a note."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="approvals")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(help_text="Of the draft that was read")
    agreed = models.BooleanField(_("Do you agree?"))
    note = models.TextField(_("What should change?"), blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(agreed=True) | ~models.Q(note=""), name="advice_approval_or_note")
        ]


class ResponseLetter(InsertOnly):
    """The answer as the executive sent it: one letter, frozen. `text` as for advice.response_print."""

    response = models.OneToOneField(Response, models.PROTECT, related_name="letter")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    form = models.CharField(max_length=20, choices=AnswerForm)
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=timezone.now)


class ResponsePdf(InsertOnly):
    """Its PDF, rendered once from the frozen text."""

    letter = models.OneToOneField(ResponseLetter, models.PROTECT, related_name="pdf")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    renderer = models.CharField(max_length=60)
    rendered_at = models.DateTimeField(default=timezone.now)


class Answer(models.Model):
    """The verdict on one recommendation of the letter, by its number."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField(_("Recommendation"))
    verdict = models.CharField(_("Verdict"), max_length=20, choices=Verdict, blank=True)
    motivation = models.TextField(_("Reason"), blank=True)
    decide_by = models.DateField(_("Last day of the decision"), null=True, blank=True)
    no_reason_given = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["response", "number"], name="advice_answer_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.verdict}"

    @property
    def lacks_reason(self) -> bool:
        return self.verdict in NEEDS_REASON and not self.motivation.strip()


class Commitment(models.Model):
    """A promise (toezegging): who does what before when."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="commitments")
    council = models.ForeignKey(Council, models.PROTECT, related_name="commitments")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    text = models.CharField(_("What is promised"), max_length=300)
    owner = models.CharField(_("Who does it"), max_length=200, blank=True)
    due_on = models.DateField(_("Last day"))
    # As it stands now; who said it, when and why is in CommitmentReport.
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    proof = models.CharField(_("How we know"), max_length=300, blank=True)
    check_by_council = models.CharField(max_length=20, choices=Check, blank=True)

    objects = CommitmentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    @property
    def is_kept(self) -> bool:
        """Done, and the council agrees."""
        return self.done_on is not None and self.check_by_council == Check.AGREED

    @property
    def is_disputed(self) -> bool:
        return self.done_on is not None and self.check_by_council == Check.DISAGREED

    @property
    def awaits_check(self) -> bool:
        return self.done_on is not None and not self.check_by_council
