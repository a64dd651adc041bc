"""The parts of a page, as the style guide shows them."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from portal import text
from portal.dates import clock_time, long_date, long_datetime
from portal.icons import ICONS
from portal.templatetags.portal import VERDICTS
from portal.views.styleguide import styleguide

TODAY = date(2026, 5, 6)


def draw(source: str, **context) -> str:
    request = RequestFactory().get(context.pop("path", "/"))
    template = engines["django"].from_string("{% load portal %}" + source)
    return template.render({"desk": None, **context}, request)


@pytest.fixture
def guide(settings):
    def visit(path: str = "/stijlgids/") -> str:
        settings.EXAMPLE_INSTALLATION = True
        request = RequestFactory().get(path)
        request.user = AnonymousUser()
        return styleguide(request).content.decode()

    return visit


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 5, 26), "nog 20 dagen", "calm"),
        (date(2026, 5, 13), "nog 7 dagen", "soon"),
        (date(2026, 5, 7), "nog 1 dag", "soon"),
        (date(2026, 5, 6), "vandaag is de laatste dag", "soon"),
        (date(2026, 5, 5), "1 dag te laat", "late"),
        (date(2026, 4, 28), "8 dagen te laat", "late"),
    ],
)
def test_a_deadline_says_how_many_days_are_left(day, words, tone):
    drawn = draw("{% deadline day today=today %}", day=day, today=TODAY)

    assert f"portal-deadline--{tone}" in drawn
    assert f"</svg>{words}</span>" in drawn


def test_dates_are_written_as_people_say_them():
    evening = datetime(2026, 5, 12, 17, 30, tzinfo=UTC)

    assert long_date(date(2026, 5, 26)) == "dinsdag 26 mei 2026"
    assert long_datetime(evening) == "dinsdag 12 mei 2026 om 19.30 uur"
    assert clock_time(evening) == "19.30 uur"
    with translation.override("en"):
        assert long_datetime(evening) == "Tuesday 12 May 2026 at 19:30"
    assert draw('{% time day "long_date" %}', day=date(2026, 5, 26)) == (
        '<time datetime="2026-05-26">dinsdag 26 mei 2026</time>'
    )


def test_every_verdict_has_its_own_words_and_icon():
    drawn = [draw("{% verdict code %}", code=code) for code in VERDICTS]

    assert len(set(drawn)) == 5
    assert "Voor een deel overgenomen" in drawn[1]
    assert len({icon for _tone, icon in VERDICTS.values()}) == 5


def test_a_track_is_one_line_on_a_telephone_and_marks_one_step():
    steps = [
        {"label": "Vraag", "date_text": "13 april", "state": "done"},
        {"label": "Schrijven", "date_text": "", "state": "now"},
        {"label": "Versturen", "date_text": "uiterlijk 26 mei", "state": "todo"},
    ]
    drawn = draw("{% track steps %}", steps=steps)

    assert "Stap 2 van 3: Schrijven" in drawn
    assert "Hierna: Versturen, uiterlijk 26 mei" in " ".join(drawn.split())
    assert drawn.count('aria-current="step"') == 2  # once in the list behind the line, once in the row


def test_why_this_date_shows_every_step_with_its_article():
    steps = [{"label": "Tijd voor advies", "article": "artikel 7 lid 1", "text": "6 weken"}]

    drawn = draw("{% why_date steps %}", steps=steps)

    assert "Waarom deze datum?" in drawn
    assert '<span class="portal-article">artikel 7 lid 1</span>' in drawn
    assert draw("{% why_date steps %}", steps=[]).strip() == ""


def test_pages_of_a_list_keep_the_question():
    page = Paginator(range(100), 10).page(5)

    drawn = draw("{% pagination page %}", page=page, path="/adviezen/?zoek=zorg&page=5")

    assert 'href="?zoek=zorg&amp;page=4" rel="prev"' in drawn
    assert 'href="?zoek=zorg&amp;page=6" rel="next"' in drawn
    assert drawn.count('aria-current="page"') == 1


def test_the_breadcrumb_ends_at_the_page_itself():
    drawn = draw('{% breadcrumb "Adviezen" "/adviezen/" "Vervoer" %}')

    assert 'href="/adviezen/">Adviezen</a>' in drawn
    assert (
        '<span class="utrecht-breadcrumb-nav__link utrecht-breadcrumb-nav__link--current" aria-current="page">' in drawn
    )


def test_what_others_typed_is_never_markup():
    evil = "<script>alert(1)</script>"

    for source in (
        "{% badge text %}", "{% heading text %}", "{% card text %}{% endcard %}",
        "{% fact text %}{{ text }}{% endfact %}",
        "{% todo text text %}", "{% empty text %}", "{% alert 'ok' title=text %}{% endalert %}", "{{ text|rich }}",
        "{% breadcrumb text %}", "{% confirm_button '/x/' text about=text %}", "{% more text %}{{ text }}{% endmore %}",
    ):  # fmt: skip
        assert "<script>" not in draw(source, text=evil), source


def test_text_helpers():
    assert text.days(1) == "1 dag"
    assert text.days(3) == "3 dagen"
    assert text.listed(["a", "b", "c"]) == "a, b en c"
    assert text.listed(["a"]) == "a"
    assert text.file_size(96_400) == "96 kB"
    assert text.file_size(1_440_000) == "1,4 MB"
    assert text.clean_html('<p onclick="x()">a<script>x()</script> <strong>b</strong></p>') == (
        "<p>a <strong>b</strong></p>"
    )
    assert text.clean_html('<a href="javascript:x()">a</a>') == '<a rel="noopener noreferrer">a</a>'
    assert text.paragraphs("<p>Een &amp; twee</p><ul><li>drie</li><li>vier</li></ul>") == ["Een & twee", "drie", "vier"]
    assert text.typed_to_html("een < twee\ndrie\n\nvier") == "<p>een &lt; twee<br>drie</p><p>vier</p>"


def test_a_telephone_number_becomes_a_link():
    assert draw("{{ '085 - 000 00 00'|phone_link }}") == "tel:+31850000000"


def test_the_style_guide_shows_every_icon_and_theme(guide):
    page = guide()

    assert all(f"</svg>{name}</li>" in page for name in ICONS)
    assert 'class="waterveen-theme"' in page
    assert 'class="dijkland-theme"' in guide("/stijlgids/?thema=dijkland-theme")
    assert 'class="waterveen-theme"' in guide("/stijlgids/?thema=onbekend")


def test_every_icon_that_a_template_names_is_drawn():
    pages = (django_settings.BASE_DIR / "templates").rglob("*.html")
    named = {name for page in pages for name in re.findall(r'icon[ =]"([\w-]+)"', page.read_text())}

    assert "lock" in named
    assert named - set(ICONS) == set()


def test_the_style_guide_shows_what_a_refused_form_looks_like(guide):
    page = guide("/stijlgids/?check=1")

    assert "<title>Fout: Stijlgids" in page
    assert "Vul in waar het over gaat." in page
    assert "<title>Stijlgids" in guide()


def test_the_style_guide_is_not_on_a_production_installation(settings):
    settings.EXAMPLE_INSTALLATION = settings.DEBUG = False

    with pytest.raises(Http404):
        styleguide(RequestFactory().get("/stijlgids/"))


def test_no_template_has_style_or_script_of_its_own():
    folder = Path(django_settings.BASE_DIR) / "templates"
    mail = [folder / "mail", *folder.glob("*/mail"), *folder.glob("*/pdf"), *folder.glob("*/letter*")]
    for path in folder.rglob("*.html"):
        if any(place in path.parents for place in mail):
            continue  # a mail and a letter bring their own style
        source = path.read_text()
        assert " style=" not in source, path
        assert "<style" not in source, path
        assert "<script>" not in source, path
        assert " onclick=" not in source, path
