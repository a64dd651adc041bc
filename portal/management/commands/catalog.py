"""Collect every message of the code and the templates into the catalogue of the app that owns the file.

Django's makemessages cannot share out one templates/ folder over the apps, so this calls what it calls: templatize for
templates, then GNU gettext.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import template as templatize_module

KEYWORDS = [
    "gettext", "gettext_lazy", "gettext_noop", "ngettext:1,2", "ngettext_lazy:1,2",
    "pgettext:1c,2", "pgettext_lazy:1c,2", "npgettext:1c,2,3", "npgettext_lazy:1c,2,3", "_", "later",
]  # fmt: skip
GROUND_FLOOR = ["components", "nlds", "account", "mfa", "allauth", "mail", "portal"]


class Command(BaseCommand):
    help = "Collect new messages into locale/<app>/nl/LC_MESSAGES/django.po and compile them; keeps translations."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("apps", nargs="*", metavar="APP", help="only these apps")
        parser.add_argument("--check", action="store_true", help="change nothing; tell what is missing, exit code 1")
        parser.add_argument("--no-compile", action="store_true", help="leave the .mo files as they are")

    def handle(self, *, apps: list[str], check: bool, no_compile: bool, **options: Any) -> None:
        for tool in ("xgettext", "msgmerge", "msgattrib", "msgfmt"):
            if shutil.which(tool) is None:
                raise CommandError("GNU gettext is not installed. Install it with: apt-get install -y gettext")
        wrong = 0
        for app in apps or settings.OUR_APPS:
            wrong += self.one_app(app, check)
            if not (check or no_compile):
                compile_catalogue(catalogue(app))
        if check and wrong:
            raise CommandError(f"{wrong} messages are missing, untranslated or fuzzy; run: script/manage catalog")

    def one_app(self, app: str, check: bool) -> int:
        """Number of messages that still need work."""
        path = catalogue(app)
        merged = merge(path, collect(app))
        entries = list(read(merged))
        missing = [entry for entry in entries if not entry.done]
        before = {entry.key for entry in read(path.read_text(encoding="utf-8"))} if path.exists() else set()
        new = [entry for entry in entries if entry.key not in before]
        self.stdout.write(f"{app}: {len(entries)} messages, {len(new)} new, {len(missing)} untranslated or fuzzy")
        if check:
            for entry in missing:
                self.stderr.write(f"  {app}: {entry.key}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(merged, encoding="utf-8")
        return len({entry.key for entry in [*missing, *new]})


def catalogue(app: str) -> Path:
    return settings.BASE_DIR / "locale" / app / "nl" / "LC_MESSAGES" / "django.po"


def compile_catalogue(path: Path) -> None:
    run("msgfmt", "--check-format", "-o", str(path.with_suffix(".mo")), str(path))


def sources(app: str) -> Iterator[Path]:
    """Python and template files whose messages belong to the app."""
    base = settings.BASE_DIR
    yield from sorted(path for path in (base / app).rglob("*.py") if "migrations" not in path.parts)
    folders = GROUND_FLOOR if app == "portal" else [app]
    for folder in folders:
        yield from sorted(path for path in (base / "templates" / folder).rglob("*") if path.suffix in (".html", ".txt"))
    if app == "portal":
        yield from sorted((base / "templates").glob("*.html"))


def collect(app: str) -> str:
    """A template catalogue (.pot) of all messages, sorted, without line numbers."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, path in enumerate(sources(app)):
            text = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                text = templatize_module.templatize(text, origin=str(path))
            copy = Path(folder) / f"{number}.py"
            copy.write_text(text, encoding="utf-8")
            names.append(str(copy))
        keywords = [f"--keyword={word}" for word in KEYWORDS]
        return run(
            "xgettext", "--language=Python", "--from-code=UTF-8", "--no-location", "--sort-output", "--no-wrap",
            "--output=-", *keywords, *names,
        )  # fmt: skip


def merge(path: Path, messages: str) -> str:
    """The messages with the translations that are there; what is no longer in the code goes."""
    messages = messages.replace("charset=CHARSET", "charset=UTF-8")
    with tempfile.TemporaryDirectory() as folder:
        pot, old = Path(folder) / "new.pot", Path(folder) / "old.po"
        pot.write_text(messages, encoding="utf-8")
        old.write_text(path.read_text(encoding="utf-8") if path.exists() else HEADER, encoding="utf-8")
        merged = Path(folder) / "merged.po"
        merged.write_text(
            run("msgmerge", "--quiet", "--no-wrap", "--no-location", "--no-fuzzy-matching", "--sort-output",
                "--output-file=-", str(old), str(pot)),
            encoding="utf-8",
        )  # fmt: skip
        text = run("msgattrib", "--no-obsolete", "--no-wrap", "--no-location", "--sort-output", str(merged))
    # The date of the run would make every run a change.
    return re.sub(
        r'"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To):.*\n', "", text
    )


HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Raadportaal\\n"
"Language: nl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


class Entry:
    """One message of a catalogue."""

    def __init__(self, block: str):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            match = re.match(r'(msg[a-z]+(?:\[\d\])?) "(.*)"$', line)
            if match:
                name, fields[match[1]] = match[1], match[2]
            elif line.startswith('"') and name:
                fields[name] += line[1:-1]
        self.key = "\x04".join(filter(None, [fields.get("msgctxt"), fields.get("msgid", "")]))
        self.translations = [text for key, text in fields.items() if key.startswith("msgstr")]
        self.fuzzy = bool(re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE))

    @property
    def done(self) -> bool:
        return not self.fuzzy and bool(self.translations) and all(self.translations)


def read(text: str) -> Iterator[Entry]:
    for block in re.split(r"\n\s*\n", text):
        entry = Entry("\n".join(line for line in block.splitlines() if not line.startswith("#~")))
        if entry.key:
            yield entry


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout
