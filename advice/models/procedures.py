"""Deciding between meetings: the written procedure (schriftelijke ronde), who may vote, and the votes."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models.drafting import Advice
from advice.states import EnteredBy, VoteChoice
from councils.models import Council
from councils.querysets import OfCouncilQuerySet
from portal.constraints import both_or_neither
from portal.models import Person


class WrittenProcedure(models.Model):
    """A vote on a text that does not change, until a closing time. Who may vote is fixed when it opens."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="procedures")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField(_("Why not at a meeting?"), blank=True)
    closes_at = models.DateTimeField(_("Closes"))
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_reason = models.TextField(_("Why was it stopped?"), blank=True)
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["advice"], condition=models.Q(closed_at__isnull=True), name="advice_writtenprocedure_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opened_at")), name="advice_writtenprocedure_closes_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.advice_id} {self.closes_at}"


class Elector(models.Model):
    """Somebody who could vote on the day of opening. `only_on_tie`: a chair whose vote counts only then."""

    procedure = models.ForeignKey(WrittenProcedure, models.CASCADE, related_name="electors")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_chair = models.BooleanField(default=False)
    only_on_tie = models.BooleanField(default=False)
    recused_at = models.DateTimeField(null=True, blank=True)
    recused_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recusal_reason = models.CharField(_("Why not?"), max_length=300, blank=True)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "person"], name="advice_elector_once"),
            both_or_neither("recused_at", "recused_by"),
        ]


class Vote(models.Model):
    """One vote per person. It can be changed until the procedure closes, not after."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    procedure = models.ForeignKey(WrittenProcedure, models.PROTECT, related_name="votes")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choice = models.CharField(_("Your vote"), max_length=20, choices=VoteChoice)
    explanation = models.TextField(_("Why?"), blank=True)
    cast_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(_("How did you hear it?"), max_length=20, choices=EnteredBy, default=EnteredBy.SELF)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "person"], name="advice_vote_once")]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.choice}"
