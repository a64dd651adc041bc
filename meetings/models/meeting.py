"""A meeting, its parts, its templates, and the poll for its date."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models import Authority, Council
from councils.querysets import OfCouncilQuerySet
from meetings.querysets import MeetingQuerySet
from meetings.states import DateAnswerChoice, MeetingKind, MeetingState, Openness
from portal.constraints import InsertOnly
from portal.models import Person


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
    # A sub-session of a plenary: it has its own room, chair, people and report; the plenary collects its result.
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    result = models.TextField(_("What came of it"), blank=True)
    working_group = models.CharField(_("Working group"), max_length=120, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("Consultation with")
    )
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Chair of this meeting")
    )
    contact = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Whom to call with questions")
    )
    reminder_days = models.JSONField(null=True, blank=True, help_text="Days before, such as [7, 1]; null: by its kind")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    current_item = models.ForeignKey("AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False, help_text="LAST-MODIFIED of the calendar")

    own_proposals: int  # found with_proposals
    loose_proposals: int  # found with_proposals

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

    @property
    def openness(self) -> Openness:
        """Lists count the closed items beforehand (`with_openness`); a single meeting asks."""
        if not self.is_public:
            return Openness.CLOSED
        closed = getattr(self, "has_closed_items", None)
        if closed is None:
            closed = any(item.is_closed for item in self.agenda_items.all())
        return Openness.PARTLY if closed else Openness.PUBLIC

    @property
    def leaves_at(self) -> datetime | None:
        """When the first invitations leave, as long as that can be undone. No question for most meetings: only those
        of the last minutes can be so."""
        wait = timedelta(minutes=settings.MEETING_UNDO_MINUTES)
        if self.state != MeetingState.INVITED or not self.invited_at or self.invited_at + wait <= timezone.now():
            return None
        rounds = self.invitation_rounds.filter(undone_at=None).order_by("sends_at")
        first = rounds.values_list("sends_at", flat=True).first()
        return first if first and first > timezone.now() else None

    @property
    def still_comes(self) -> bool:
        """The same as `Meeting.objects.coming()`."""
        planned = self.state in (MeetingState.PLANNED, MeetingState.INVITED)
        return planned and self.closed_at is None and not self.has_started

    @property
    def is_over(self) -> bool:
        """Held, also before its date; or its time has passed. `MeetingQuerySet.over` asks the same of many."""
        return self.state == MeetingState.HELD or self.ends_at <= timezone.now()

    @property
    def has_started(self) -> bool:
        """Also when it was opened before its time."""
        return self.is_over or self.opened_at is not None or self.starts_at <= timezone.now()

    @property
    def began_at(self) -> datetime:
        """When it was held: as planned, unless it was opened and closed before that."""
        if self.opened_at and (self.closed_at or timezone.now()) < self.starts_at:
            return self.opened_at
        return self.starts_at


class MeetingChange(InsertOnly):
    """What changed at one saving: the words of the difference in the message are made from it (meetings.changes)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="changes")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField(help_text="SEQUENCE of the meeting after this change")
    facts = models.JSONField(help_text='{"place": ["old", "new"]}; of a person the id')
    is_mailed = models.BooleanField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]


class MeetingTemplate(models.Model):
    """What meetings of one sort have in common: times of the clock, place, and the items that always come back."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="meeting_templates")
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=20, choices=MeetingKind, default=MeetingKind.PLENARY)
    title = models.CharField(_("Title"), max_length=200)
    starts = models.TimeField(_("Starts at"))
    ends = models.TimeField(_("Ends at"))
    place = models.CharField(_("Place"), max_length=300, blank=True)
    online_link = models.URLField(_("Online link"), blank=True)
    is_public = models.BooleanField(_("Public meeting"), default=False)
    working_group = models.CharField(_("Working group"), max_length=120, blank=True)
    agenda = models.JSONField(default=list, blank=True, help_text='[{"title", "aim", "minutes"}] in their order')

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="meetings_template_name_once")]

    def __str__(self) -> str:
        return self.name


class DatePoll(models.Model):
    """Which day suits? The chosen option becomes the meeting in one step."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="date_polls")
    kind = models.CharField(_("Kind"), max_length=20, choices=MeetingKind, default=MeetingKind.PLENARY)
    title = models.CharField(_("Title"), max_length=200)
    place = models.CharField(_("Place"), max_length=300, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateField(_("Last day to answer"))
    meeting = models.OneToOneField(Meeting, models.PROTECT, null=True, blank=True, related_name="date_poll")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OfCouncilQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class DateOption(models.Model):
    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="options")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at"], name="meetings_dateoption_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meetings_dateoption_ends_after_start"
            ),
        ]


class DateAnswer(models.Model):
    """What one person says of one option; the last answer counts."""

    option = models.ForeignKey(DateOption, models.CASCADE, related_name="answers")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(_("Answer"), max_length=10, choices=DateAnswerChoice)
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["option", "person"], name="meetings_dateanswer_once")]
