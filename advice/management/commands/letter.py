from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils.translation import gettext as _

from advice.enclosures import record_of
from advice.models import Letter, LetterCopy
from advice.tasks import render_copy
from portal.documents import read
from portal.models import Document


class Command(BaseCommand):
    help = (
        "Write the PDF of a letter to a file: the original where there is one; rendered at once if there is none yet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE")
        parser.add_argument("--council", metavar="NAME", help="name or slug, when more councils have this reference")
        parser.add_argument("--authority", metavar="NAME", help="name or slug, when it went to more authorities")
        parser.add_argument("--output", metavar="FILE", type=Path, required=True)

    def handle(
        self, *, reference: str, council: str | None, authority: str | None, output: Path, **options: Any
    ) -> None:
        document = document_of(the_letter(reference, council, authority), authority)
        try:
            output.write_bytes(read(document))
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error


def the_letter(reference: str, council: str | None, authority: str | None) -> Letter:
    found = Letter.objects.filter(reference=reference).select_related("council", "original").order_by("council__name")
    if council:
        found = found.filter(Q(council__name=council) | Q(council__slug=council))
    if authority:
        found = found.filter(Q(copies__authority__name=authority) | Q(copies__authority__slug=authority)).distinct()
    letters = list(found)
    if not letters:
        raise CommandError(_("There is no such letter: %(reference)s.") % {"reference": reference})
    if len(letters) > 1:
        names = ", ".join(letter.council.name for letter in letters)
        raise CommandError(
            _("More councils have a letter %(reference)s. Choose one with --council: %(names)s.")
            % {"reference": reference, "names": names}
        )
    return letters[0]


def document_of(letter: Letter, authority: str | None) -> Document:
    if letter.original and not authority:
        return letter.original
    copies = letter.copies.select_related("authority").order_by("authority__name")
    if authority:
        copies = copies.filter(Q(authority__name=authority) | Q(authority__slug=authority))
    found = list(copies)
    if len(found) > 1:
        names = ", ".join(copy.authority.name for copy in found)
        raise CommandError(
            _("Letter %(reference)s went to more authorities. Choose one with --authority: %(names)s.")
            % {"reference": letter.reference, "names": names}
        )
    return pdf_of(found[0])


def pdf_of(copy: LetterCopy) -> Document:
    if record_of(copy) is None:
        render_copy(copy.pk)
    document = record_of(copy)
    if document is None:
        raise CommandError(_("The letter is being made at this moment. Try again in a minute."))
    return document
