from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils.translation import gettext as _

from advice.exporting import CannotExport, files_of, write_folder
from advice.interchange import FaultyFile
from advice.models import Letter
from councils.models import Council


class Command(BaseCommand):
    help = (
        "Write every letter that a council issued to a folder: data (advice/data/advice.schema.json), PDFs, originals, "
        "answers and SHA256SUMS; import_advices takes it in. No drafts, votes, comments or signals. What the data "
        "cannot hold is not in it: the steps, terms and reminders of a letter, more than one promise on an answer, "
        "what was reported on a promise, what the council found of an answer, and what was written for the public page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("council", metavar="COUNCIL", help="name or slug")
        parser.add_argument("--output", metavar="DIR", type=Path, required=True)

    def handle(self, *, council: str, output: Path, **options: Any) -> None:
        found = Council.objects.filter(Q(name=council) | Q(slug=council)).order_by("pk").first()
        if found is None:
            raise CommandError(_("There is no such council: %(name)s.") % {"name": council})
        try:
            count = write_folder(output.absolute(), files_of(found), tell=self.stdout.write)
        except CannotExport as error:
            raise CommandError(str(error)) from error
        except FaultyFile as error:
            raise CommandError(_("A letter does not fit the form: %(faults)s") % {"faults": error}) from error
        except OSError as error:
            raise CommandError(f"{error.filename or output}: {error.strerror or error}") from error
        letters = Letter.objects.filter(council=found).count()
        self.stdout.write(_("%(letters)d letters, %(files)d files.") % {"letters": letters, "files": count})
