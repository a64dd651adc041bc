from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from portal.accounts import portal_is_empty, setup_token
from portal.mail import link


class Command(BaseCommand):
    help = "Print the link with which the first person sets up an empty portal. It works for a week."

    def handle(self, **options: object) -> None:
        if not portal_is_empty():
            raise CommandError("Somebody has an account already. Use create_administrator instead.")
        self.stdout.write(link(f"{reverse('councils:first_start')}?sleutel={setup_token()}"))
