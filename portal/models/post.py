import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models.people import Person
from portal.querysets import MessageQuerySet
from portal.states import MessageState


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
    next_try_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "cause"], name="portal_message_once_per_cause"),
            models.CheckConstraint(
                condition=models.Q(state=MessageState.SENT, sent_at__isnull=False)
                | ~models.Q(state=MessageState.SENT) & models.Q(sent_at__isnull=True),
                name="portal_message_sent_at_when_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="portal_message_due"),
            models.Index(fields=["council_id", "-created_at"], name="portal_message_council"),
        ]
