from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """Who did what to which object, and when. Insert-only; holds no text, no e-mail address and no foreign keys."""

    at = models.DateTimeField(default=timezone.now)
    actor_id = models.BigIntegerField(null=True, help_text="Person; empty when the calendar did it")
    council_id = models.BigIntegerField(null=True)
    authority_id = models.BigIntegerField(null=True)
    object_label = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    event = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["object_label", "object_id"], name="portal_audit_object")]
