"""When people come together: agenda, invitations, attendance, reports, actions."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models import Council
from councils.querysets import OfCouncilQuerySet
from meetings.querysets import ActionItemQuerySet, MeetingQuerySet
from meetings.states import Aim, Answer, Attendance, MeetingKind, MeetingState
from portal.models import Document, Person


class Meeting(models.Model):
    """A meeting of a council. Its public_id is the calendar UID; sequence only goes up (RFC 5546)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    kind = models.CharField(_("Kind"), max_length=20, choices=MeetingKind, default=MeetingKind.PLENARY)
    title = models.CharField(_("Title"), max_length=200)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    place = models.CharField(_("Place"), max_length=300, blank=True)
    online_link = models.URLField(_("Online link"), blank=True)
    is_public = models.BooleanField(_("Public meeting"), default=False)
    state = models.CharField(_("State"), max_length=20, choices=MeetingState, default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meetings_meeting_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["council", "starts_at"], name="meetings_meeting_council")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.council.slug, self.public_id])


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_items")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("Title"), max_length=200)
    aim = models.CharField(_("Aim"), max_length=20, choices=Aim, default=Aim.INFORM)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=10)
    report = models.TextField(_("What was said"), blank=True)
    decision = models.TextField(_("What was decided"), blank=True)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="meetings_agendaitem_position_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaPaper(models.Model):
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    title = models.CharField(_("Title"), max_length=200)


class Invitee(models.Model):
    """One person at one meeting: invited or not, the answer, and whether he or she was there."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitees")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitees")
    invited_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(_("Answer"), max_length=20, choices=Answer, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    attendance = models.CharField(_("Attendance"), max_length=20, choices=Attendance, default=Attendance.UNKNOWN)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meetings_invitee_once")]


class ActionItem(models.Model):
    """An action keeps its number for life and stays on the list until it is done."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="action_items")
    agenda_item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="actions")
    number = models.CharField(max_length=20)
    text = models.CharField(_("What"), max_length=300)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="action_items", verbose_name=_("Who"))
    due_on = models.DateField(_("Last day"), null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="meetings_actionitem_number_once")]
