import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models.people import Person
from portal.querysets import MessageQuerySet
from portal.states import Frequency, InboundKind, InboundOutcome, MessageState


class Digest(models.Model):
    """One overview for one person. It ends where the last one that was sent ended, never at a time of the clock."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="digests")
    frequency = models.CharField(max_length=10, choices=Frequency)
    made_at = models.DateTimeField(default=timezone.now)


class Message(models.Model):
    """One message to one person: the outbox row, written in the transaction of its cause.

    The body is made when it is sent, by the builder that its kind registered (portal.post.builds).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField(help_text="Id of the object that the builder of this kind loads")
    cause = models.CharField(max_length=120, help_text="What made this message, e.g. meeting:12:3")
    council_id = models.BigIntegerField(null=True)
    authority_id = models.BigIntegerField(null=True)
    state = models.CharField(_("State"), max_length=20, choices=MessageState, default=MessageState.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, help_text="When it had to leave; retries do not move it")
    next_try_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    posted_on = models.DateField(_("Posted on"), null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    own_words = models.TextField(_("Your own words"), blank=True, help_text="What the secretary wrote above the mail")
    # What it said and where it leads, noted when it was sent: who deleted the mail finds it back under "My messages".
    subject = models.CharField(max_length=200, blank=True)
    page = models.CharField(max_length=300, blank=True)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, blank=True, related_name="messages")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "cause"], name="portal_message_once_per_cause"),
            models.CheckConstraint(
                condition=models.Q(state__in=[MessageState.SENT, MessageState.BOUNCED], sent_at__isnull=False)
                | ~models.Q(state__in=[MessageState.SENT, MessageState.BOUNCED]) & models.Q(sent_at__isnull=True),
                name="portal_message_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=models.Q(posted_on=None) | models.Q(state=MessageState.POSTED),
                name="portal_message_posted_on_when_posted",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="portal_message_due"),
            models.Index(fields=["council_id", "-created_at"], name="portal_message_council"),
        ]


class MessageChoice(models.Model):
    """How often somebody wants mail of one topic (portal.topics). Without a row: at once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="message_choices")
    topic = models.CharField(max_length=40)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.AT_ONCE)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="portal_messagechoice_once")]


class InboundMail(models.Model):
    """A mail that came in the mailbox and what was done with it; its text is not kept."""

    message_id = models.CharField(max_length=250, unique=True, help_text="Message-ID, or the SHA-256 of the mail")
    received_at = models.DateTimeField(default=timezone.now)
    council_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=20, choices=InboundKind)
    state = models.CharField(max_length=20, choices=InboundOutcome)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was set aside, without personal data")
    about = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="inbound")

    class Meta:
        indexes = [models.Index(fields=["council_id", "-received_at"], name="portal_inboundmail_council")]


class ScheduledRun(models.Model):
    """A command that the calendar starts, such as reminders: since when its last success is waited for again."""

    name = models.CharField(max_length=60, unique=True)
    succeeded_at = models.DateTimeField(default=timezone.now, help_text="Or when it was started first")
