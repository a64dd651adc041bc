"""The agenda: items, papers, what always comes back, what members propose, and the pack of it all."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from councils.models import Council
from councils.querysets import OfCouncilQuerySet
from meetings.models.meeting import Meeting
from meetings.querysets import AgendaPaperQuerySet, ItemProposalQuerySet, MeetingPackQuerySet
from meetings.states import Aim, ItemOrigin, ItemProposalState, MeetingKind, PackState, PaperVisibility
from portal.dates import long_date
from portal.models import Document, Person


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_items")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Title"), max_length=200)
    aim = models.CharField(_("Aim"), max_length=20, choices=Aim, default=Aim.INFORM)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=10)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who brings it in")
    )
    speaker = models.CharField(_("Guest who speaks"), max_length=200, blank=True)
    origin = models.CharField(max_length=20, choices=ItemOrigin, default=ItemOrigin.TYPED)
    source = models.CharField(max_length=60, blank=True, help_text="The offer it was made from: “advice:12”")
    is_closed = models.BooleanField(_("Closed item"), default=False)
    closed_ground = models.CharField(_("Why closed"), max_length=300, blank=True)
    deputy_chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who chairs this item instead")
    )
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    report = models.TextField(_("What was said"), blank=True)
    decision = models.TextField(_("What was decided"), blank=True)
    public_report = models.TextField(_("Short text for the public report"), blank=True)
    version = models.PositiveIntegerField(default=0, help_text="Of report, decision and public_report")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="meetings_agendaitem_position_once",
            ),
            models.CheckConstraint(
                condition=models.Q(is_closed=False) | ~models.Q(closed_ground=""), name="meetings_agendaitem_closed_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaPaper(models.Model):
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(_("Title"), max_length=200)
    visibility = models.CharField(
        _("Who may read it"), max_length=20, choices=PaperVisibility, default=PaperVisibility.OPEN
    )
    embargo_until = models.DateField(_("Last day of the embargo"), null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AgendaPaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility=PaperVisibility.EMBARGO, embargo_until__isnull=False)
                | ~models.Q(visibility=PaperVisibility.EMBARGO) & models.Q(embargo_until__isnull=True),
                name="meetings_agendapaper_embargo_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_confidential(self) -> bool:
        """Now: an embargo ends by itself after its last day."""
        if self.visibility == PaperVisibility.EMBARGO:
            return self.embargo_until is not None and self.embargo_until >= timezone.localdate()
        return self.visibility == PaperVisibility.CONFIDENTIAL

    @property
    def note(self) -> str:
        """What the room of the council reads beside a paper that is not open; nothing beside an open one."""
        if not self.is_confidential:
            return ""
        if self.visibility == PaperVisibility.EMBARGO:
            return gettext("Confidential up to and including %(day)s") % {"day": long_date(self.embargo_until)}
        return gettext("Confidential")


class StandingItem(models.Model):
    """An item that every new agenda of the council begins or ends with."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="standing_items")
    kind = models.CharField(_("For which meetings?"), max_length=20, choices=MeetingKind, blank=True)
    position = models.PositiveSmallIntegerField()
    at_end = models.BooleanField(_("At the end of the agenda"), default=False)
    title = models.CharField(_("Title"), max_length=200)
    aim = models.CharField(_("Aim"), max_length=20, choices=Aim, default=Aim.INFORM)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=5)
    origin = models.CharField(max_length=20, choices=ItemOrigin, default=ItemOrigin.STANDING)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["at_end", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class ItemProposal(models.Model):
    """A member proposes an item for a coming meeting; the secretary takes it up or says why not."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="item_proposals")
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="item_proposals",
        verbose_name=_("For which meeting?"),
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="item_proposals")
    title = models.CharField(_("What should we talk about?"), max_length=200)
    why = models.TextField(_("Why?"), blank=True)
    aim = models.CharField(_("Aim"), max_length=20, choices=Aim, default=Aim.DISCUSS)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=10)
    proposed_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=20, choices=ItemProposalState, default=ItemProposalState.OPEN)
    reason = models.TextField(_("Why not?"), blank=True)
    item = models.OneToOneField(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="proposal")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ItemProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ItemProposalState.DECLINED) | ~models.Q(reason=""),
                name="meetings_itemproposal_declined_why",
            ),
        ]


class MeetingPack(models.Model):
    """Agenda and papers in one PDF. An edition that was sent stays; what came later is a supplement with a name."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField()
    is_supplement = models.BooleanField(default=False)
    large = models.BooleanField(default=False)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    holds = models.JSONField(default=dict, help_text="What is in it: agenda hash, ids and SHA-256 of papers")
    state = models.CharField(_("State"), max_length=20, choices=PackState, default=PackState.WAITING)
    done = models.PositiveSmallIntegerField(default=0, help_text="Parts that are ready, of `parts`")
    parts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="By hand, before people were invited")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MeetingPackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "edition", "large"], name="meetings_pack_edition_once"),
            models.CheckConstraint(
                condition=~models.Q(state=PackState.READY) | models.Q(document__isnull=False),
                name="meetings_pack_ready_has_document",
            ),
        ]

    @property
    def is_out(self) -> bool:
        """People have it: the same as `MeetingPack.objects.out()`."""
        return self.state == PackState.READY and bool(self.sent_at or self.meeting.invited_at)

    @property
    def is_confidential(self) -> bool:
        """A paper in it was confidential when it was made."""
        only = self.holds.get("only")
        papers = self.holds.get("papers", [])
        return any(paper["confidential"] for paper in papers if only is None or paper["id"] in only)
