from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext_lazy, ngettext

from councils.actions.rulebooks import CHANGED, CREATED, UNCHANGED, load_instrument
from councils.rulebook.schema import FaultyInstrument, read_instrument

RESULTS = {
    CREATED: gettext_lazy("loaded"),
    CHANGED: gettext_lazy("replaced"),
    UNCHANGED: gettext_lazy("unchanged"),
}


class Command(BaseCommand):
    help = "Load instruments of councils' rule books. A file with a fault loads nothing; the other files are loaded."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)

    def handle(self, *, files: list[Path], **options: Any) -> None:
        faulty = 0
        for path in files:
            try:
                loaded = load_instrument(read_instrument(path), by=None)
            except FaultyInstrument as error:
                faulty += 1
                for fault in error.faults:
                    self.stderr.write(f"{path}: {fault}")
                continue
            for note in loaded.notes:
                self.stdout.write(f"{path}: {note}")
            instrument = loaded.instrument
            self.stdout.write(f"{path}: {RESULTS[loaded.result]}: {instrument.title} ({instrument.council.name})")
        if faulty:
            message = ngettext("%(count)d file was not loaded.", "%(count)d files were not loaded.", faulty)
            raise CommandError(message % {"count": faulty})
