from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from councils.actions.first_start import appoint_administrator
from portal.access import Refused


class Command(BaseCommand):
    help = "Make somebody administrator of the portal, with an account that signs in by e-mailed code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("email")

    def handle(self, *, name: str, email: str, **options: object) -> None:
        try:
            validate_email(email)
            user = appoint_administrator(name, email)
        except ValidationError as error:
            raise CommandError(f"{email}: {error.messages[0]}") from error
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user.person.name} <{user.email}> is administrator.")
