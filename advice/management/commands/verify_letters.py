import hashlib
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advice.frozen import digest
from advice.models import AdoptedText, EditorialText, Letter, LetterPdf, Version
from portal.documents import read
from portal.models import Document


class Command(BaseCommand):
    help = "Compare every letter with its hash: the frozen texts in the database and the stored files."

    def handle(self, **options: Any) -> None:
        wrong = 0
        texts, files = 0, 0
        for letter in Letter.objects.select_related("original").order_by("pk").iterator():
            texts += 1
            wrong += self.compare(letter.reference, digest(letter.text), letter.sha256)
            if letter.original:
                files += 1
                wrong += self.compare_file(letter.reference, letter.original)
        for adopted in AdoptedText.objects.select_related("advice").order_by("pk").iterator():
            texts += 1
            wrong += self.compare(f"adopted text {adopted.pk}", digest(adopted.text), adopted.sha256)
        for edited in EditorialText.objects.order_by("pk").iterator():
            texts += 1
            wrong += self.compare(f"editorial text {edited.pk}", digest(edited.text), edited.sha256)
        for version in Version.objects.order_by("pk").iterator():
            texts += 1
            wrong += self.compare(f"version {version.pk}", digest(version.text), version.sha256)
        for pdf in LetterPdf.objects.select_related("copy__letter", "document").order_by("pk").iterator():
            files += 1
            wrong += self.compare_file(pdf.copy.letter.reference, pdf.document)
        self.stdout.write(_("%(texts)d texts and %(files)d files compared.") % {"texts": texts, "files": files})
        if wrong:
            message = ngettext("%(count)d does not match its hash.", "%(count)d do not match their hash.", wrong)
            raise CommandError(message % {"count": wrong})

    def compare_file(self, name: str, document: Document) -> int:
        try:
            content = read(document)
        except OSError:
            self.stderr.write(_("%(name)s: the file %(file)s is not there.") % {"name": name, "file": document.path})
            return 1
        return self.compare(f"{name}, {document.name}", hashlib.sha256(content).hexdigest(), document.sha256)

    def compare(self, name: str, found: str, recorded: str) -> int:
        if found == recorded:
            return 0
        self.stderr.write(_("%(name)s: not what was recorded.") % {"name": name})
        return 1
