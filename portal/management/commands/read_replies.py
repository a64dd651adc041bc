import imaplib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.inbox import NoMailbox, read_mailbox
from portal.states import InboundOutcome


class Command(BaseCommand):
    help = "Read the mailbox (MAILBOX_URL): answers from calendars, mail that came back. Each mail is handled once."

    def handle(self, **options: Any) -> None:
        if not settings.MAILBOX_URL:
            raise CommandError("No mailbox is set: fill in MAILBOX_URL.")
        try:
            counts = read_mailbox()
        except NoMailbox:
            raise CommandError("MAILBOX_URL begins with imaps:, imap: or maildir:.") from None
        except (OSError, imaplib.IMAP4.error) as failure:
            raise CommandError(f"The mailbox broke off ({type(failure).__name__}). The next reading goes on.") from None
        done, aside = counts[InboundOutcome.DONE], counts[InboundOutcome.SET_ASIDE]
        self.stdout.write(f"{counts.total()} read: {done} handled, {aside} set aside, {counts['known']} known already")
