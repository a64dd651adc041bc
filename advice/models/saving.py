"""What was typed and when: every saved text, versions of the whole advice, and who is writing now."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advice.models.drafting import Advice
from councils.models import Council
from councils.querysets import OfCouncilQuerySet
from portal.constraints import InsertOnly
from portal.models import Person


class SectionSave(InsertOnly):
    """Every text that somebody submitted for a section, also the one that came too late: nothing typed is lost.

    It outlives its section, which can be removed; 0 stands for a section that had gone when the text came.
    `automatic` ones are kept while somebody types: only their author sees them.
    """

    section_id = models.BigIntegerField(db_index=True)
    advice = models.ForeignKey(Advice, models.PROTECT, null=True, related_name="section_saves")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    based_on = models.PositiveIntegerField(help_text="The version its author saw")
    became = models.PositiveIntegerField(null=True, help_text="The version it made; empty when it was too late")
    heading = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    reason = models.CharField(_("Why did you change it?"), max_length=200, blank=True)
    automatic = models.BooleanField(default=False)

    objects = OfCouncilQuerySet.as_manager()

    def __str__(self) -> str:
        return self.heading


class RecommendationSave(InsertOnly):
    """The same for a recommendation."""

    recommendation_id = models.BigIntegerField(db_index=True)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="recommendation_saves")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    based_on = models.PositiveIntegerField(help_text="The version its author saw")
    became = models.PositiveIntegerField(null=True, help_text="The version it made; empty when it was too late")
    number = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)
    why = models.TextField(blank=True)
    refers_to = models.CharField(max_length=300, blank=True)
    reason = models.CharField(_("Why did you change it?"), max_length=200, blank=True)
    automatic = models.BooleanField(default=False)

    objects = OfCouncilQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text[:60]


class Version(InsertOnly):
    """The whole advice as it was at a moment that matters. `text` has the shape of advice.frozen.frozen_text."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="versions")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(_("Name of the version"), max_length=200)
    reason = models.TextField(_("Why is this a new version?"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["advice", "number"], name="advice_version_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Presence(models.Model):
    """Who was writing in a part lately. A hint, no lock: it holds nobody up."""

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="+")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    part = models.UUIDField()  # public_id of a section or recommendation
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "person"], name="advice_presence_once")]
