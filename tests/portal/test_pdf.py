"""The engine: what a document may load, letters that look like themselves, and the same bytes for the same input."""

import http.server
import io
import os
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from portal import pdf
from portal.pdf import engine, typesetting
from portal.pdf.assets import Assets, fonts
from portal.pdf.theme import contrast, theme_css
from tests import printing

# WeasyPrint leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

CREATED = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
ABOUT = {"title": "Proef", "author": "Adviesraad", "subject": "Een proef", "created": CREATED}
SECRET = "the canary that must stay in its cage"


@pytest.fixture
def page(settings, tmp_path):
    """Print raw HTML through the engine, as if a template had let it through."""

    def _page(body: str, **options) -> bytes:
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        (folder / "raw.html").write_text(
            '{% extends "portal/pdf/base.html" %}{% block body %}{{ body|safe }}{% endblock %}'
        )
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder, *settings.TEMPLATES[0]["DIRS"]]}]
        return engine.render_here("raw.html", {"body": body}, **ABOUT, **options)

    return _page


@pytest.fixture(autouse=True)
def warm():
    """Our own fonts and sheets are read before anything is counted."""
    typesetting.sheet(engine.sheet("portal/pdf/sheet.css"))


class Outside:
    """A file and a web server that no document may reach; both tell who came by."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "canary.svg"
        self.file.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{SECRET}</text></svg>'
        )
        (folder / "canary.css").write_text(f'p::after {{ content: "{SECRET}" }}')
        self.visits: list[str] = []
        visits = self.visits

        class Door(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                visits.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.web = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def outside(tmp_path):
    outside = Outside(tmp_path)
    yield outside
    outside.server.shutdown()
    outside.server.server_close()


def recorded(kind, fetched: list[str]):
    """The fetcher, writing down what it really gave out."""

    class Recorded(kind):
        def fetch(self, url, headers=None):
            response = super().fetch(url, headers)
            fetched.append(url)
            return response

    return Recorded


DATA = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0naHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmcnLz4="
# What a text could carry if cleaning ever failed. {file} and {web} are outside; {folder} is where the file is.
HOSTILE = [
    '<img src="{file}">',
    '<img src="FILE://{path}">',
    '<img src="file://localhost{path}">',
    '<img src="file:{path}">',
    '<img src="{file}?x=1#y">',
    '<img src="{folder}/../{name}/canary.svg">',
    '<img src="{folder}/%2e/canary.svg">',
    '<img src="\n {file}">',
    '<img src="{web}/img">',
    '<img src="HTTP://{host}/upper">',
    '<img src="//{host}/relative">',
    '<img src="http:{slashes}{host}/slashes">',
    '<img src="{data}">',
    '<img src="DATA:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E">',
    '<img src="ftp://{host}/ftp">',
    '<img src="asset:../../../etc/passwd">',
    '<img src="asset:{path}">',
    '<img src="asset://{host}/x.svg">',
    '<img src="asset:%2e%2e/x.svg">',
    '<img src="source-sans-3-latin-400-normal.woff2">',
    '<img src="../settings/base.py">',
    '<img src="/etc/passwd">',
    '<img srcset="{web}/srcset 2x" src="{web}/src">',
    '<object data="{file}"></object>',
    '<object data="{web}/object"></object>',
    '<embed src="{file}">',
    '<embed src="{web}/embed">',
    '<iframe src="{web}/frame"></iframe>',
    '<link rel="stylesheet" href="{web}/sheet.css">',
    '<link rel="stylesheet" href="{folder}/canary.css">',
    '<link rel="attachment" href="{file}">',
    '<link rel="icon" href="{web}/icon">',
    '<a rel="attachment" href="{file}">bijlage</a>',
    '<a rel="attachment" href="{web}/attached">bijlage</a>',
    '<style>@import "{web}/import.css";</style>',
    "<style>@import url({folder}/canary.css);</style>",
    "<style>@font-face {{ font-family: X; src: url({web}/font.woff2) }} p {{ font-family: X }}</style><p>x</p>",
    "<style>@page {{ background: url({web}/page) }}</style><p>x</p>",
    '<p style="background-image: url({file})">x</p>',
    '<p style="background: url({web}/background)">x</p>',
    '<p style="background: url({data})">x</p>',
    '<ul><li style="list-style-image: url({web}/bullet)">x</li></ul>',
    '<p style="border-image-source: url({web}/border)">x</p>',
    "<style>p::before {{ content: url({file}) }}</style><p>x</p>",
    '<svg width="9" height="9"><image href="{file}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><image xlink:href="{web}/svg" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{file}#a"/></svg>',
    '<table background="{web}/table"><tr><td background="{web}/cell">x</td></tr></table>',
    '<base href="{web}/"><img src="base.png">',
    '<input type="image" src="{web}/input">',
]
assert len(HOSTILE) >= 30


def hostile_text(payload: str, outside: Outside) -> str:
    return payload.format(
        file=outside.file.as_uri(),
        path=outside.file,
        folder=outside.file.parent.as_uri(),
        name=outside.file.parent.name,
        web=outside.web,
        host=outside.web.removeprefix("http://"),
        slashes="//",
        data=DATA,
        svg='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">',
    )


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_html_loads_nothing(page, outside, monkeypatch, payload):
    fetched: list[str] = []
    monkeypatch.setattr(typesetting, "Assets", recorded(Assets, fetched))
    content = page(hostile_text(payload, outside))
    assert (fetched, outside.visits) == ([], [])
    assert SECRET not in printing.text(content)
    assert printing.embedded(content) == {}


def test_the_same_html_leaks_through_the_default_fetcher(page, outside, monkeypatch):
    """The control: without our fetcher most of these payloads do fetch something."""
    leaking = 0
    for payload in HOSTILE:
        fetched: list[str] = []
        monkeypatch.setattr(typesetting, "Assets", lambda content, seen=fetched: recorded(URLFetcher, seen)())
        page(hostile_text(payload, outside))
        leaking += bool(fetched)
    assert leaking >= 25
    assert len(outside.visits) >= 12


@pytest.mark.parametrize(
    "logo",
    [
        '{svg}<image href="{file}" width="9" height="9"/></svg>',
        '{svg}<style>@import "{web}/a.css";</style></svg>',
        '{svg}<image href="{web}/i" width="9" height="9"/></svg>',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "{file}">]>{svg}<text>&x;</text></svg>',
    ],
)
def test_a_hostile_logo_loads_nothing(page, outside, monkeypatch, logo):
    fetched: list[str] = []
    monkeypatch.setattr(typesetting, "Assets", recorded(Assets, fetched))
    picture = hostile_text(logo, outside).encode()
    content = page('<p><img src="asset:logo.svg" alt="Logo"></p>', images={"logo.svg": picture})
    assert (set(fetched), outside.visits) == ({"asset:logo.svg"}, [])
    assert SECRET not in printing.text(content)


def test_presentational_attributes_are_ignored(page):
    assert page('<p align="right" bgcolor="red">x</p>') == page("<p>x</p>")


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ('<p style="background:url(x)" class="y">a</p><img src="file:///x">', "<p>a</p>"),
        ("los <strong>vet</strong><p>alinea</p>", "<p>los <strong>vet</strong></p><p>alinea</p>"),
        ("<h4>diep</h4><p>a</p><h3>hoog</h3><h4>diep</h4>", "<h3>diep</h3><p>a</p><h3>hoog</h3><h4>diep</h4>"),
        ("<p></p><p> </p>", ""),
        ("<ul><li>a</li></ul>", "<ul><li>[•~]a</li></ul>"),
        ("<ol><li><p>a</p></li><li></li><li>b</li></ol>", "<ol><li><p>[1.~]a</p></li><li>[2.~]b</li></ol>"),
    ],
)
def test_rich_text_becomes_fit_for_print(html, printed):
    marked = pdf.print_html(html).replace("\N{NO-BREAK SPACE}", "~")
    assert re.sub(r'<span class="nr">(.*?)</span>', r"[\1]", marked) == printed


def test_a_link_shows_its_address_on_paper():
    assert "de regeling</a> (waterveen.example/regels)." in pdf.print_html(
        '<p><a href="https://www.waterveen.example/regels/">de regeling</a>.</p>'
    )
    assert pdf.print_html('<p><a href="https://a.example">a.example</a></p>').count("a.example") == 2


def test_typed_text_has_paragraphs_and_lists():
    typed = "Eén regel\nloopt door.\n\nWij noemen:\n- <b>een</b>\n- twee\n  vervolg"
    assert pdf.text_html(typed) == (
        "<p>Eén regel loopt door.</p><p>Wij noemen:</p><ul><li>&lt;b&gt;een&lt;/b&gt;</li><li>twee vervolg</li></ul>"
    )


def word(page, text: str):
    return printing.letter_picture(page(f"<p><strong>Gewone letters</strong></p><h1>{text}</h1>"), text)


def test_a_polish_letter_is_printed_as_itself(page):
    """Looked at as a picture: an Ł is an L with a stroke. The copied text would be right even when the print is not."""
    plain, polish = word(page, "Lukasik"), word(page, "Łukasik")
    assert printing.overlap(plain, polish) > 0.95
    assert 1.1 < printing.ink(polish) / printing.ink(plain) < 1.6


def test_two_fonts_under_one_name_would_print_another_letter(page, monkeypatch):
    """The control for the picture above, and the reason why the engine refuses such a style sheet."""
    plain = word(page, "Lukasik")
    css = engine.get_template("portal/pdf/sheet.css").render().replace("Source Sans 3 Ext", "Source Sans 3")
    with pytest.raises(ValueError, match="share the name"):
        typesetting.refuse_shared_font_names(css)
    configuration = FontConfiguration()
    shared = CSS(string=css, url_fetcher=Assets(fonts()), font_config=configuration)
    monkeypatch.setattr(typesetting, "_font_configuration", configuration)
    monkeypatch.setattr(typesetting, "sheet", lambda css: shared)
    assert printing.overlap(plain, word(page, "Łukasik")) < 0.9


def test_importing_the_letters_does_not_load_weasyprint():
    """Web workers import them; only who prints pays for the 80 MB."""
    code = "import sys, django; django.setup(); import advice.letter_print, meetings.print; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "portal.pdf" in loaded
    assert not {"weasyprint", "pikepdf"} & set(loaded)


RENDER_TWICE = """
import django, hashlib; django.setup()
from advice.letter_print import print_letter
from portal.pdf import engine
from tests.printing import IMAGES, letter_data
engine.render = engine.render_here  # the press has an environment of its own
print(hashlib.sha256(print_letter(letter_data("long"), images=IMAGES)).hexdigest())
"""


@pytest.mark.slow
def test_every_process_writes_the_same_bytes():
    hashes = {
        subprocess.run(
            [sys.executable, "-c", RENDER_TWICE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_the_same_input_gives_the_same_bytes_whatever_came_before(page):
    attached = [pdf.Attached("gegevens.json", b"{}", "De gegevens")]
    first = page("<p>Łukasik</p>", attachments=attached)
    page("<h1>Iets anders</h1><p>ğ ő</p>", large=True, accent="#6b2145")
    assert page("<p>Łukasik</p>", attachments=attached) == first


def test_the_file_says_who_made_it_and_when(page):
    content = page("<p>x</p>", attachments=[pdf.Attached("a.json", b'{"a": 1}', "De gegevens")])
    with pikepdf.open(io.BytesIO(content)) as document, document.open_metadata() as xmp:
        assert (document.docinfo["/Title"], document.docinfo["/Author"]) == ("Proef", "Adviesraad")
        assert document.Root.Lang == "nl"
        assert xmp["pdfuaid:part"] == "1"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["xmp:CreateDate"].startswith("2026-03-12")
        assert document.Root.AF[0].AFRelationship == "/Source"
    assert printing.embedded(content) == {"a.json": b'{"a": 1}'}


def test_an_attachment_keeps_its_bytes_and_dates(page):
    content = page("<p>x</p>", attachments=[pdf.Attached("a.csv", b"a;b\n", "Cijfers", "Data")])
    with pikepdf.open(io.BytesIO(content)) as document:
        dates = document.Root.AF[0].EF.F.Params
        assert str(dates.CreationDate) == str(dates.ModDate) == "D:20260312093000Z"


@pytest.mark.parametrize("colour", ["#e8b000", "#ffffff", "#17506b", "#00aa55"])
def test_a_light_colour_is_darkened_until_it_reads(colour):
    css = theme_css(colour)
    accent, tint = (tuple(bytes.fromhex(part.split(";")[0].strip(" #}"))) for part in css.split(": ")[1:3])
    assert contrast(accent, tint) >= 7


def test_a_colour_is_a_colour():
    with pytest.raises(ValueError, match="not a colour"):
        theme_css("red; } body { background: url(file:///x)")


def test_the_print_run_joins_and_starts_on_front_sides(page):
    one, two = page("<p>een</p>"), page('<p>twee</p><p style="break-before: page">drie</p>')
    assert printing.pages(pdf.join([one, two])) == [
        "een Bladzijde 1 van 1",
        "twee Bladzijde 1 van 2",
        "drie Bladzijde 2 van 2",
    ]
    assert [bool(text) for text in printing.pages(pdf.join([one, two], two_sided=True))] == [True, False, True, True]
