"""Every message has Dutch, in the catalogue of the app that owns it."""

import ast
import re
from collections import defaultdict

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.management.commands import catalog

APPS = settings.OUR_APPS
WORDS = {word.split(":")[0] for word in catalog.KEYWORDS}


def entries(app: str) -> list[catalog.Entry]:
    return list(catalog.read(catalog.catalogue(app).read_text(encoding="utf-8")))


def in_the_code(app: str) -> set[str]:
    return {entry.key for entry in catalog.read(catalog.collect(app))}


@pytest.mark.parametrize("app", APPS)
def test_every_message_of_the_code_is_in_the_catalogue(app):
    assert sorted(in_the_code(app) - {entry.key for entry in entries(app)}) == []


@pytest.mark.parametrize("app", APPS)
def test_the_catalogue_holds_nothing_else(app):
    assert sorted({entry.key for entry in entries(app)} - in_the_code(app)) == []


@pytest.mark.parametrize("app", APPS)
def test_every_message_is_translated(app):
    assert [entry.key for entry in entries(app) if not entry.done] == []


@pytest.mark.parametrize("app", APPS)
def test_the_catalogue_is_sound(app):
    """Placeholders agree, no message twice; msgfmt says so or fails."""
    catalog.run("msgfmt", "--check-format", "-o", "/dev/null", str(catalog.catalogue(app)))


def test_one_message_has_one_translation():
    """Django merges the catalogues; a message with two translations would follow the order of the apps."""
    found = defaultdict(set)
    for app in APPS:
        for entry in entries(app):
            if entry.done:
                found[entry.key].add(tuple(entry.translations))

    assert {key: sorted(texts) for key, texts in found.items() if len(texts) > 1} == {}


def hidden_messages(source: str) -> list[int]:
    """Lines where a message stands inside an f-string: gettext does not look there."""
    calls = (node for part in ast.walk(ast.parse(source)) if isinstance(part, ast.JoinedStr) for node in ast.walk(part))
    return sorted(
        node.lineno
        for node in calls
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS
    )


def test_no_message_hides_in_an_f_string():
    assert hidden_messages("a = f\"{_('Read')}\"\nb = _('Write')") == [1]
    found = [
        f"{path.relative_to(settings.BASE_DIR)}:{line}"
        for app in APPS
        for path in catalog.sources(app)
        if path.suffix == ".py"
        for line in hidden_messages(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_new_message_is_noticed(tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.html"
    page.write_text('{% load i18n %}{% translate "Nobody has translated this" %}', encoding="utf-8")
    monkeypatch.setattr(catalog, "sources", lambda app: [page])

    with pytest.raises(CommandError, match=re.escape("run: script/manage catalog")):
        call_command("catalog", "portal", check=True)

    assert "  portal: Nobody has translated this" in capsys.readouterr().err


def test_messages_keep_their_translation_and_lose_it_with_the_code(tmp_path, monkeypatch):
    page, po = tmp_path / "page.txt", tmp_path / "django.po"
    page.write_text('{% load i18n %}{% translate "Read" %}{% translate "Write" %}', encoding="utf-8")
    old = '\nmsgid "Read"\nmsgstr "Lezen"\n\nmsgid "Gone"\nmsgstr "Weg"\n'
    po.write_text(catalog.HEADER + old, encoding="utf-8")
    monkeypatch.setattr(catalog, "sources", lambda app: [page])
    monkeypatch.setattr(catalog, "catalogue", lambda app: po)

    call_command("catalog", "portal", no_compile=True)
    once = po.read_text(encoding="utf-8")
    call_command("catalog", "portal", no_compile=True)

    assert [(entry.key, entry.translations) for entry in catalog.read(once)] == [("Read", ["Lezen"]), ("Write", [""])]
    assert po.read_text(encoding="utf-8") == once
    assert str(tmp_path) not in once


def test_without_gettext_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(catalog.shutil, "which", lambda tool: None)

    with pytest.raises(CommandError, match="apt-get install -y gettext"):
        call_command("catalog")
