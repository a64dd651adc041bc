from portal.models.audit import AuditEvent
from portal.models.documents import Document
from portal.models.people import Invitation, Person, User
from portal.models.post import Message

__all__ = ["AuditEvent", "Document", "Invitation", "Message", "Person", "User"]
