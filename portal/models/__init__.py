from portal.models.audit import AuditEvent
from portal.models.documents import Document
from portal.models.people import Invitation, Person, User
from portal.models.post import Digest, InboundMail, Message, MessageChoice, ScheduledRun

__all__ = [
    "AuditEvent",
    "Digest",
    "Document",
    "InboundMail",
    "Invitation",
    "Message",
    "MessageChoice",
    "Person",
    "ScheduledRun",
    "User",
]
