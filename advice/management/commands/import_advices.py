from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advice.actions.history import COMPLETED, CREATED, UNCHANGED, Imported, import_advice
from advice.brought import Brought, read_folder
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
        "without one as a draft. Mails nobody. A file with a fault imports nothing; the other files are imported. "
        "A folder is one that export_council wrote: its PDFs stay as they are, and SHA256SUMS is checked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", metavar="FILE or DIR", nargs="+", type=Path)
        parser.add_argument(
            "--create-missing", action="store_true", help="make the councils and authorities that are not known"
        )

    def handle(self, *, files: list[Path], create_missing: bool, **options: Any) -> None:
        faulty = 0
        for path in files:
            if path.is_dir():
                faulty += self.take_folder(path, create_missing)
            else:
                faulty += self.take(path, lambda path=path: read_file(path), create_missing)
        if faulty:
            message = ngettext("%(count)d file was not imported.", "%(count)d files were not imported.", faulty)
            raise CommandError(message % {"count": faulty})

    def take_folder(self, path: Path, create_missing: bool) -> int:
        folder = read_folder(path)
        for place, error in folder.faults:
            self.tell(place, error)
        faulty = len({place for place, _error in folder.faults})
        for place, content, brought in folder.letters:
            faulty += self.take(place, lambda content=content: content, create_missing, brought)
        if not folder.letters and not faulty:
            self.stderr.write(_("%(folder)s: there are no letters here.") % {"folder": path})
            return 1
        return faulty

    def take(
        self, path: Path, read: Callable[[], dict[str, Any]], create_missing: bool, brought: Brought | None = None
    ) -> int:
        try:
            imported = import_advice(read(), folder=path.parent, create_missing=create_missing, brought=brought)
        except FaultyFile as error:
            self.tell(path, error)
            return 1
        for note in imported.notes:
            self.stdout.write(f"{path}: {note}")
        self.stdout.write(f"{path}: {RESULTS[imported.result]}: {what(imported)}")
        return 0

    def tell(self, path: Path, error: FaultyFile) -> None:
        for fault in error.faults:
            self.stderr.write(f"{path}: {fault}")


def what(imported: Imported) -> str:
    advice = imported.advice
    if advice.state == AdviceState.ISSUED:
        return f"{advice.letter.reference}, {advice.subject} ({advice.council.name})"
    return _("draft, %(subject)s (%(council)s)") % {"subject": advice.subject, "council": advice.council.name}
