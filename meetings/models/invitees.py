"""Who is asked to come, by which way, what they need and what they answer."""

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models import Council
from councils.querysets import OfCouncilQuerySet
from meetings.models.meeting import Meeting
from meetings.querysets import InviteeQuerySet
from meetings.states import Answer, AnsweredVia, Attendance, Channel, InviteeRole
from portal.models import Person


class Invitee(models.Model):
    """One person at one meeting: invited or not, the answer, and whether he or she was there."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitees")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitees")
    invited_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(_("Answer"), max_length=20, choices=Answer, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_via = models.CharField(max_length=20, choices=AnsweredVia, blank=True)
    note = models.CharField(_("Do you want to tell the secretary something?"), max_length=300, blank=True)
    round = models.ForeignKey(
        "InvitationRound", models.SET_NULL, null=True, blank=True, related_name="invitees",
        help_text="The press of “send” that asked this person",
    )  # fmt: skip
    asked_sequence = models.PositiveIntegerField(default=0, help_text="SEQUENCE of the meeting that was last told")
    role = models.CharField(_("Comes as"), max_length=20, choices=InviteeRole, default=InviteeRole.MEMBER)
    channel = models.CharField(_("Invited by"), max_length=20, choices=Channel, default=Channel.EMAIL)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="No longer invited; a CANCEL went out")
    posted_on = models.DateField(_("Posted on"), null=True, blank=True)
    phoned_on = models.DateField(_("Phoned on"), null=True, blank=True)
    deputy = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who comes instead")
    )
    papers_opened_at = models.DateTimeField(
        null=True, blank=True, help_text="The last time; only so that who has read is not reminded to read"
    )
    attendance = models.CharField(_("Attendance"), max_length=20, choices=Attendance, default=Attendance.UNKNOWN)

    has_letter: bool  # found with_letters
    has_unsent: bool  # found with_letters
    last_paper_at: datetime | None  # found with_last_paper

    objects = InviteeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meetings_invitee_once")]


class InvitationRound(models.Model):
    """One press of "send": until `sends_at` it can be undone, and nothing of it has left."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitation_rounds")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    sends_at = models.DateTimeField()
    asked_again = models.JSONField(default=dict, help_text="Who was withdrawn before: invitee id to that moment")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = OfCouncilQuerySet.as_manager()

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and self.sends_at > timezone.now()


class AccessNeeds(models.Model):
    """What somebody needs to take part, said once. For who prepares the meetings of this council, and for nobody else.

    Health data in the sense of article 9 GDPR: a row goes when the term and its retention are over."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="access_needs")
    person = models.ForeignKey(Person, models.PROTECT, related_name="access_needs")
    papers_on_paper = models.BooleanField(_("Papers on paper"), default=False)
    large_print = models.BooleanField(_("Papers in large letters (16 points)"), default=False)
    call_before = models.BooleanField(_("Call me the day before"), default=False)
    taxi = models.BooleanField(_("A taxi, there and back"), default=False)
    wheelchair = models.BooleanField(_("A place for my wheelchair"), default=False)
    hearing_loop = models.BooleanField(_("A hearing loop"), default=False)
    companion = models.BooleanField(_("My companion comes along"), default=False)
    interpreter = models.CharField(_("An interpreter, for which language?"), max_length=100, blank=True)
    other = models.CharField(_("Something else"), max_length=300, blank=True)
    stated_at = models.DateTimeField(default=timezone.now)
    stated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "person"], name="meetings_accessneeds_once")]


class Visitor(models.Model):
    """Somebody who announced that they come to a public meeting. Kept until some days after it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="visitors")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    name = models.CharField(_("Your name"), max_length=200)
    email = models.EmailField(_("E-mail address"), blank=True)
    phone = models.CharField(_("Phone number"), max_length=40, blank=True)
    people = models.PositiveSmallIntegerField(_("With how many people do you come?"), default=1)
    needs = models.CharField(_("What do you need to take part?"), max_length=300, blank=True)
    announced_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfCouncilQuerySet.as_manager()


class FeedAddress(models.Model):
    """The secret address of somebody's own calendar feed; revoking it makes a new one necessary."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="feed_addresses")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(revoked_at=None), name="meetings_feedaddress_one_at_a_time"
            ),
        ]
