import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from meetings.emails.invitations import TOLD_ABOUT, portal_address, sequence_of
from meetings.models import Invitee, Meeting
from portal.models import Message

COLUMNS = ("person", "channel", "state", "sequence", "message_id", "answer")


class Command(BaseCommand):
    help = "Who is invited to a meeting: by which way, what became of the last message, and the answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("meeting", help="public id: the last part of the address of its page")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, meeting: str, as_json: bool, **options: Any) -> None:
        try:
            found = Meeting.objects.get(public_id=UUID(meeting))
        except (ValueError, Meeting.DoesNotExist):
            raise CommandError(f"There is no meeting {meeting}.") from None
        invitees = found.invitees.select_related("person").order_by("person__name", "pk")
        messages = last_messages(invitees)
        rows = [row(invitee, messages.get(invitee.pk)) for invitee in invitees]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        widths = [max([len(name), *(len(str(one[name])) for one in rows)]) for name in COLUMNS]
        for line in [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]:
            cells = (str(line[name] if line[name] is not None else "-") for name in COLUMNS)
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def last_messages(invitees: QuerySet[Invitee]) -> dict[int, Message]:
    told = Message.objects.filter(kind__in=TOLD_ABOUT, about_id__in=invitees.values("pk")).order_by("pk")
    return {message.about_id: message for message in told}


def row(invitee: Invitee, message: Message | None) -> dict[str, Any]:
    """`message_id` as it stands in the mail; None where there is no mail."""
    unwritten = "withdrawn" if invitee.withdrawn_at else "phoned" if invitee.phoned_on else "to_call"
    domain = portal_address().rpartition("@")[2]
    return {
        "person": invitee.person.name,
        "channel": invitee.channel,
        "state": message.state if message else unwritten,
        "sequence": sequence_of(message) if message else None,
        "message_id": f"<{message.public_id}@{domain}>" if message and invitee.channel == "email" else None,
        "answer": invitee.answer,
    }
