import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.constraints import InsertOnly


class Document(InsertOnly):
    """A file as it came in or was made. Its bytes are stored once under their SHA-256; rows never change."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    content_type = models.CharField(max_length=100)
    name = models.CharField(_("File name"), max_length=200)
    council_id = models.BigIntegerField(null=True)
    authority_id = models.BigIntegerField(null=True)
    created_by_id = models.BigIntegerField(null=True, help_text="Person")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="portal_document_sha256"),
        ]
        indexes = [models.Index(fields=["sha256"], name="portal_document_sha256_idx")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
