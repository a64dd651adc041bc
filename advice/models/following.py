"""What becomes of a letter once it has gone: its steps, the clock that runs on, and what came of the answer."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models.answers import Answer, Commitment
from advice.models.letters import Letter, LetterCopy
from advice.states import LadderKind, LetterStepKind, Mark, ReportKind, Verdict
from councils.models import Authority, Council
from councils.querysets import OfCouncilQuerySet
from portal.constraints import InsertOnly, both_or_neither
from portal.models import Document, Person


class LetterStep(InsertOnly):
    """A step on the way of one copy, with its day and its proof. The newest row of a kind counts.

    A row without a day takes back an earlier one that was wrong; its note says why.
    """

    copy = models.ForeignKey(LetterCopy, models.PROTECT, related_name="steps")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LetterStepKind)
    happened_on = models.DateField(_("On which day?"), null=True)
    note = models.CharField(_("How do we know?"), max_length=300, blank=True)
    link = models.URLField(_("Where it can be read"), max_length=500, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    by_council = models.BooleanField(help_text="Recorded by the council; else by the authority")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(happened_on__isnull=False) | ~models.Q(note=""),
                name="advice_letterstep_taken_back_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["copy", "kind"], name="advice_letterstep_copy")]


class ResponseExtension(InsertOnly):
    """The authority takes longer to answer (verdaging). The newest counts; Response.extended_until repeats its day."""

    copy = models.ForeignKey(LetterCopy, models.PROTECT, related_name="extensions")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    extended_on = models.DateField(_("Date of the message"))
    until = models.DateField(_("New last day"))
    reason = models.TextField(_("Why does it take longer?"))
    article = models.CharField(max_length=200, blank=True)
    steps = models.JSONField(default=list)  # how the day was counted, as in LetterCopy.response_steps
    registered = models.BooleanField(default=False, help_text="Entered by the secretary from a letter or mail")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="advice_responseextension_with_reason"),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("extended_on")), name="advice_responseextension_ahead"
            ),
        ]


class LadderLetter(InsertOnly):
    """A step of the council when no answer comes: a ready letter, as it was sent. `text` as for advice.ladder_print."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    copy = models.ForeignKey(LetterCopy, models.PROTECT, related_name="ladder")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LadderKind)
    dated_on = models.DateField(_("Date of the letter"))
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["copy", "kind"], name="advice_ladderletter_once")]


class LadderPdf(InsertOnly):
    """Its PDF, rendered once from the frozen text."""

    letter = models.OneToOneField(LadderLetter, models.PROTECT, related_name="pdf")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    renderer = models.CharField(max_length=60)
    rendered_at = models.DateTimeField(default=timezone.now)


class AnswerMark(models.Model):
    """What the council finds of the answer to one recommendation: answered, partly or not, and its reply."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="mark")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    mark = models.CharField(_("Is this an answer to our advice?"), max_length=20, choices=Mark)
    note = models.TextField(_("Our reply"), blank=True)
    marked_on = models.DateField()
    marked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfCouncilQuerySet.as_manager()


class CommitmentReport(InsertOnly):
    """What was said of a promise, by the authority or by the council: how far it is, done, agreed, not agreed."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reports")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ReportKind)
    by_council = models.BooleanField()
    happened_on = models.DateField(_("On which day?"))
    text = models.CharField(_("What can be said of it?"), max_length=500, blank=True)
    link = models.URLField(_("Where it can be read"), max_length=500, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    # Where the authority moved its promise: what it was and what it became.
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)
    owner_before = models.CharField(max_length=200, blank=True)
    owner_after = models.CharField(max_length=200, blank=True)
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=[ReportKind.DONE, ReportKind.DISAGREED])
                | ~models.Q(text="")
                | ~models.Q(link="")
                | models.Q(document__isnull=False),
                name="advice_commitmentreport_with_proof",
            ),
            both_or_neither("due_before", "due_after"),
            models.CheckConstraint(
                condition=models.Q(due_after__isnull=True) | ~models.Q(text=""),
                name="advice_commitmentreport_moved_with_reason",
            ),
        ]


class LaterDecision(InsertOnly):
    """What was decided at last on a recommendation that was answered with "later". The newest counts."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="later_decisions")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    verdict = models.CharField(_("What was decided?"), max_length=20, choices=Verdict)
    decided_on = models.DateField(_("Decided on"))
    text = models.CharField(_("How do we know?"), max_length=500)
    link = models.URLField(_("Where it can be read"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verdict=Verdict.LATER), name="advice_laterdecision_decided"),
        ]


class FollowUp(models.Model):
    """What changed, about a year after the letter (terugblik). Nothing is said yet while `done_on` is empty."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="follow_up")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    due_on = models.DateField(_("When do we look back?"))
    changed = models.TextField(_("What has changed for people?"), blank=True)
    not_changed = models.TextField(_("What has not changed?"), blank=True)
    done_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True) | ~models.Q(changed="") | ~models.Q(not_changed=""),
                name="advice_followup_says_something",
            ),
        ]
