"""The Dutch that people meet: one word for one thing, "u", the last day named as a last day, short sentences."""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from django.conf import settings

from portal.management.commands import catalog

MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
DAYS = "(?:maan|dins|woens|donder|vrij|zater|zon)dag"
# What not to write → what to write instead.
TABLE = [
    (rf"\bv(?:oo|óó)r (?:{DAYS} )?\d{{1,2}} (?:{MONTHS})\b", "uiterlijk 26 mei"),
    (r"\bv(?:oo|óó)r %\(\w*(?:date|day|due)\w*\)s", "uiterlijk …"),
    (r"\b[Dd]e raad\b(?! van )", "de adviesraad, de eigen naam, of de gemeenteraad"),
    (r"\b[Aa]dviespunt", "aanbeveling"),
    (r"(?<!stem is )\b[Gg]eheim(?:e)?\b(?! stem)", "vertrouwelijk tot …, onder embargo tot …"),
    (r"\b[Ee]r ging iets mis\b", "Controleer uw antwoorden"),
    (r"\b[Oo]ver \S+ minuten weg\b", "wordt over 4 minuten verstuurd"),
    (r"\b[Kk]wetsbaarheid melden\b", "Beveiligingsprobleem melden"),
    (r"\b[Ss]trekking\b", "Ons oordeel"),
    (r"\bWaardering\b", "Wat wij goed vinden"),
    (r"\bWie er waren\b", "Aanwezigheid"),
    (r"\b[Vv]ingerafdruk\b", "Controlecode"),
    (r"\b[Mm]inderheidsstandpunt", "Andere mening (minderheid)"),
    (r"\b[Ww]ij spraken\b", "wij hebben gesproken"),
    (r"\b[Ll]ange-termijn", "langetermijnagenda"),
    (r"\b[Dd]e wethouder antwoordt\b", "het college antwoordt"),
    (r"\b[Aa]dvies [“‘\"']Advies", "geen dubbel woord"),
    (r"\b[Uu] hebt\b|\b[Hh]ebt u\b", "u heeft, heeft u"),
    (r"\b(?:[Jj]e|[Jj]ij|[Jj]ouw|[Jj]ullie)\b", "u, uw"),
]
MOST_WORDS = 20  # in one sentence


def lint(text: str) -> list[str]:
    """What is wrong in a Dutch text, with the words to use."""
    return [
        f"“{match.group(0)}”: schrijf {instead}" for pattern, instead in TABLE for match in re.finditer(pattern, text)
    ]


def sentences(text: str) -> list[str]:
    plain = re.sub(r"<[^>]+>", "", text)
    parts = re.split(r"(?<=[.!?:;])\s+|\n{2,}", plain)
    return [part for part in (part.strip() for part in parts) if part]


def translations() -> Iterator[tuple[str, str]]:
    for app in settings.OUR_APPS:
        for entry in catalog.read(catalog.catalogue(app).read_text(encoding="utf-8")):
            for text in entry.translations:
                yield f"locale/{app}: {entry.key}", text.replace('\\"', '"').replace("\\n", "\n")


def templates() -> Iterator[tuple[str, str]]:
    """Dutch that stands in a template itself (mail, letter): what is left without tags and comments."""
    folder = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".html", ".txt"):
            text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            yield str(path.relative_to(folder)), re.sub(r"<style>.*?</style>|<[^>]+>", "", text, flags=re.DOTALL)


def example_texts() -> Iterator[tuple[str, str]]:
    """The texts of the example installation, in whatever form they are kept."""
    for app in settings.OUR_APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*")):
            inside = path.relative_to(settings.BASE_DIR)
            if path.suffix in (".py", ".json", ".md", ".txt") and any(part.startswith("demo") for part in inside.parts):
                yield str(inside), path.read_text(encoding="utf-8")


def faults(texts: Iterator[tuple[str, str]]) -> list[str]:
    return [f"{where}: {fault}" for where, text in texts for fault in lint(text)]


def test_the_catalogues_use_the_words_of_the_table():
    assert faults(translations()) == []


def test_the_templates_use_the_words_of_the_table():
    assert faults(templates()) == []


def test_the_example_texts_use_the_words_of_the_table():
    assert faults(example_texts()) == []


def test_sentences_are_short():
    found = [(where, sentence) for where, text in translations() for sentence in sentences(text)]
    long = [f"{where}: {sentence}" for where, sentence in found if len(sentence.split()) > MOST_WORDS]

    assert long == []
    assert median(len(sentence.split()) for _where, sentence in found) <= 10


def test_the_lint_has_something_to_read():
    assert len(list(templates())) > 50
    assert len(list(translations())) > 300


@pytest.mark.parametrize(
    "wrong",
    [
        "Geef uw mening voor 26 mei.", "Antwoord vóór dinsdag 12 mei 2026.", "Antwoord voor %(due_date)s.",
        "De raad vergadert.", "Wat de raad vraagt", "Dit adviespunt nemen wij over.", "Geheim tot 1 juni",
        "Er ging iets mis", "Over 4 minuten weg", "Kwetsbaarheid melden", "Strekking", "Waardering", "Wie er waren",
        "Vingerafdruk", "Minderheidsstandpunt", "Wij spraken met ouderen.", "de lange-termijnagenda",
        "De wethouder antwoordt u.", "uw advies “Advies concept”", "Vul je naam in.", "Heb jij een vraag?",
        "U hebt gestemd.",
    ],
)  # fmt: skip
def test_the_lint_finds_what_is_wrong(wrong):
    assert len(lint(wrong)) == 1


@pytest.mark.parametrize(
    "right",
    [
        "Geef uw mening uiterlijk 26 mei.", "De adviesraad vergadert voor de 3e keer.",
        "de gemeenteraad en de adviesraad",
        "de Raad van State", "Vertrouwelijk tot 1 juni", "Onder embargo tot 1 juni", "geheimhouding",
        "Uw stem is geheim.", "een geheime stemming",
        "Controleer uw antwoorden", "Beveiligingsprobleem melden", "Andere mening (minderheid)", "langetermijnagenda",
        "Het college antwoordt.", "Voor 26 leden", "Uw reactie op ons advies", "jeugdhulp voor jongeren",
    ],
)  # fmt: skip
def test_the_lint_leaves_good_dutch_alone(right):
    assert lint(right) == []


def test_a_sentence_is_counted_without_tags():
    assert sentences("Dit is <b>kort</b>. Dit ook!\n\nEn dit") == ["Dit is kort.", "Dit ook!", "En dit"]


def test_the_example_texts_are_found(tmp_path: Path, monkeypatch):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "texts.py").write_text('TEXT = "De raad adviseert."', encoding="utf-8")
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path.parent)
    monkeypatch.setattr(settings, "OUR_APPS", [tmp_path.name])

    assert faults(example_texts()) == [
        f"{tmp_path.name}/demo/texts.py: “De raad”: schrijf de adviesraad, de eigen naam, of de gemeenteraad"
    ]
