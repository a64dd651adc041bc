from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advice.actions.history import COMPLETED, CREATED, UNCHANGED, Imported, import_advice
from advice.interchange import FaultyFile, read_file
from advice.states import AdviceState

RESULTS = {
    CREATED: gettext_lazy("imported"),
    COMPLETED: gettext_lazy("completed with what came later"),
    UNCHANGED: gettext_lazy("unchanged"),
}


class Command(BaseCommand):
    help = (
        "Take in advices from before the portal (advice/data/advice.schema.json). With a reference as issued history, "
        "without one as a draft. Mails nobody. A file with a fault imports nothing; the other files are imported."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument(
            "--create-missing", action="store_true", help="make the councils and authorities that are not known"
        )

    def handle(self, *, files: list[Path], create_missing: bool, **options: Any) -> None:
        faulty = 0
        for path in files:
            try:
                imported = import_advice(read_file(path), folder=path.parent, create_missing=create_missing)
            except FaultyFile as error:
                faulty += 1
                for fault in error.faults:
                    self.stderr.write(f"{path}: {fault}")
                continue
            for note in imported.notes:
                self.stdout.write(f"{path}: {note}")
            self.stdout.write(f"{path}: {RESULTS[imported.result]}: {what(imported)}")
        if faulty:
            message = ngettext("%(count)d file was not imported.", "%(count)d files were not imported.", faulty)
            raise CommandError(message % {"count": faulty})


def what(imported: Imported) -> str:
    advice = imported.advice
    if advice.state == AdviceState.ISSUED:
        return f"{advice.letter.reference}, {advice.subject} ({advice.council.name})"
    return _("draft, %(subject)s (%(council)s)") % {"subject": advice.subject, "council": advice.council.name}
