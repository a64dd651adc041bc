"""What members think of a draft, and the changes they propose."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models.drafting import Advice, Recommendation, Section
from advice.models.saving import Version
from advice.querysets import OpinionQuerySet
from advice.states import Choice, EnteredBy, ProposalAction, ProposalState
from councils.models import Council
from councils.querysets import OfCouncilQuerySet
from portal.constraints import both_or_neither
from portal.models import Person


class OpinionRound(models.Model):
    """The question "Wat vindt u?" to all members, until a last day. `totals` is what remains of it after adoption."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="opinion_rounds")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+", help_text="What was asked about")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closes_on = models.DateField(_("Last day"))
    closed_at = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveSmallIntegerField(default=0, help_text="How many members were asked")
    totals = models.JSONField(null=True, blank=True)  # {choice: number, "silent": number}

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["advice"], condition=models.Q(closed_at__isnull=True), name="advice_opinionround_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.advice_id} {self.closes_on}"

    @property
    def is_open(self) -> bool:
        """It closes itself: after the last day nobody has to close it."""
        return self.closed_at is None and self.closes_on >= timezone.localdate()


class Opinion(models.Model):
    """What one member thinks. One that is only for the chair goes when the advice is adopted.

    Beside it may stand what the secretary entered, who cannot know of it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(OpinionRound, models.CASCADE, related_name="opinions")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choice = models.CharField(_("Do you agree with this advice?"), max_length=20, choices=Choice)
    text = models.TextField(_("Why?"), blank=True)
    only_for_chair = models.BooleanField(_("Only for the chair"), default=False)
    in_letter = models.BooleanField(_("In the letter if I am outvoted"), default=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(_("How did you hear it?"), max_length=20, choices=EnteredBy, default=EnteredBy.SELF)
    given_at = models.DateTimeField(default=timezone.now)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person", "only_for_chair"], name="advice_opinion_once"),
            models.CheckConstraint(
                condition=~models.Q(only_for_chair=True, in_letter=True), name="advice_opinion_private_or_in_letter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.choice}"


class Proposal(models.Model):
    """A text that somebody proposes (tekstvoorstel) for a paragraph or a recommendation. Settled one by one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.CASCADE, related_name="proposals")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, models.SET_NULL, null=True, blank=True, related_name="proposals")
    recommendation = models.ForeignKey(Recommendation, models.SET_NULL, null=True, blank=True, related_name="proposals")
    action = models.CharField(_("What should happen?"), max_length=20, choices=ProposalAction)
    original = models.TextField(blank=True, help_text="The paragraph or recommendation as it was, typed")
    text = models.TextField(_("Your text"), blank=True)
    why = models.TextField(_("Why?"), blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(_("How did you hear it?"), max_length=20, choices=EnteredBy, default=EnteredBy.SELF)
    proposed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("State"), max_length=20, choices=ProposalState, default=ProposalState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    settle_note = models.TextField(_("Why?"), blank=True)
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="proposals")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [both_or_neither("settled_at", "settled_by")]

    def __str__(self) -> str:
        return self.text[:60]
