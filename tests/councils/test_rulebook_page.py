import html
import re
from datetime import date
from statistics import median

import pytest
from django.utils import translation

from councils.models import Council, Instrument
from councils.rulebook import RuleBook, Stack
from councils.rulebook.reading import read
from councils.rulebook.schema import validator
from councils.rulebook.sentences import GROUPS, Who
from tests.councils.test_rulebook_load import FILES, load
from tests.councils.test_rulebook_terms import from_files, instrument
from tests.factories import CouncilFactory, InstrumentFactory

DAY = date(2026, 1, 5)
WHO = Who("Adviesraad Testdorp", "het college")


def plain(text):
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def spoken(book, who=WHO):
    return {line.key: plain(line.text) for group in read(book, who) for line in group.lines}


def missing(book):
    return {label for group in read(book, WHO) for label in group.not_regulated}


def test_every_rule_of_the_schema_can_be_said():
    spoken_rules = {rule.key for _title, rules in GROUPS.values() for rule in rules}
    assert spoken_rules == set(validator().schema["properties"]["rules"]["properties"]) - {"articles"}


def test_the_sentences():
    book = from_files("voorbeeld-reglement-2024.json", "voorbeeld-verordening-2024.json").on(DAY)
    said = spoken(book)
    assert said["advice_term"] == (
        "Adviesraad Testdorp geeft advies binnen 6 weken. Deze tijd begint op de dag dat de aanvraag binnenkomt. "
        "Korter kan alleen als de voorzitter het ermee eens is. Dit mag 2 weken langer duren. Dat moet schriftelijk."
    )
    assert said["recess"] == "Van 20 juli tot en met 31 augustus staat de tijd voor advies stil."
    assert said["quorum"] == ("Adviesraad Testdorp mag beslissen als meer dan de helft van de leden die stemmen er is.")
    assert said["copy_to"] == "Een kopie gaat naar de gemeenteraad en de griffier."
    assert said["annual_report_due"] == "Het jaarverslag is uiterlijk 1 april klaar."
    assert said["chair"].endswith("De voorzitter stemt alleen als er evenveel stemmen voor als tegen zijn.")


def test_each_sentence_names_its_article_and_instrument():
    book = from_files("voorbeeld-reglement-2024.json", "voorbeeld-verordening-2024.json").on(DAY)
    lines = {line.key: (line.article, line.instrument) for group in read(book, WHO) for line in group.lines}
    assert lines["quorum"] == ("art. 5 lid 1", "Huishoudelijk reglement adviesraad sociaal domein Voorbeeld")
    assert lines["advice_term"] == ("art. 7 lid 1", "Verordening adviesraad sociaal domein Voorbeeld 2024")
    assert lines["deadline_on_day_off"][0] == "Algemene termijnenwet art. 1"
    assert lines["budget_due"][0] is None


def test_what_is_not_regulated_is_named():
    labels = missing(from_files("goirle-2017.json").on(DAY))
    assert {"de tijd voor een antwoord", "spoed", "hoeveel leden er moeten zijn"} <= labels
    assert "de tijd voor een advies" not in labels
    assert len(missing(RuleBook([], DAY))) == sum(len(rules) for _title, rules in GROUPS.values())


def test_days_off_outside_an_ordinance():
    said = spoken(from_files("uwv-2012.json").on(DAY))
    assert "Dan blijft het de laatste dag" in said["deadline_on_day_off"]


def test_short_sentences():
    books = [from_files(file.name).on(DAY) for file in FILES]
    said = [text for book in books for key, text in spoken(book).items() if key not in ("incompatible_with", "seats")]
    lengths = [len(part.split()) for text in said for part in re.split(r"(?<=[.?])\s", text)]
    assert median(lengths) <= 10
    assert max(lengths) <= 20


def test_names_are_escaped():
    book = RuleBook([instrument(incompatible_with=["<script>"], members_min=5)], DAY)
    texts = [line.text for group in read(book, Who("<b>Raad</b>", "het college")) for line in group.lines]
    assert not any("<script>" in text or "<b>Raad" in text for text in texts)


def test_the_sentences_exist_in_english_too():
    with translation.override("en"):
        said = spoken(from_files("goirle-2017.json").on(DAY), Who("The council", "the executive"))
    assert said["advice_term"].startswith("The council gives its advice within 4 weeks.")


# --- the page ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_public_page_shows_every_rule_of_every_file(client):
    load(*FILES)
    for council in Council.objects.all():
        answer = client.get(f"/openbaar/{council.slug}/spelregels/")
        assert answer.status_code == 200
        page = answer.content.decode()
        today = Stack(council.instruments.all()).on(DAY)
        assert all(f'id="{key}"' in page for found in today.instruments for key in found.rules if key != "articles")
        assert all(html.escape(found.title) in page for found in today.instruments)
        assert "Niet geregeld:" in page


@pytest.mark.django_db
def test_the_page_of_the_room(fatma, council, sign_in):
    page = sign_in(fatma).get(f"/raad/{council.slug}/spelregels/").content.decode()
    assert "Spelregels van Adviesraad Testdorp" in page
    assert "Het college antwoordt binnen <strong>8 weken</strong>." in page


@pytest.mark.django_db
def test_a_date_is_worked_out_with_its_sum(client, council):
    page = client.get(f"/openbaar/{council.slug}/spelregels/", {"received": "2026-04-13"}).content.decode()
    assert "uiterlijk dinsdag 26 mei 2026" in page
    assert "25 mei 2026 is Tweede pinksterdag. De volgende werkdag telt." in page
    assert "uiterlijk dinsdag 21 juli 2026" in page  # the answer, 8 weeks after 26 May


@pytest.mark.django_db
def test_a_date_that_does_not_exist_is_refused_kindly(client, council):
    answer = client.get(f"/openbaar/{council.slug}/spelregels/", {"received": "2026-02-30"})
    assert answer.status_code == 200
    assert 'id="uitkomst"' not in answer.content.decode()
    assert "Controleer uw antwoorden" in answer.content.decode()


@pytest.mark.django_db
def test_the_rules_of_another_day(client, council):
    Instrument.objects.update(valid_until=date(2025, 12, 31))
    InstrumentFactory(council=council, title="Nieuwe verordening", valid_from=date(2026, 1, 1), rules={"term_years": 3})
    now = client.get(f"/openbaar/{council.slug}/spelregels/").content.decode()
    then = client.get(f"/openbaar/{council.slug}/spelregels/", {"dag": "2025-06-01"}).content.decode()
    assert "<strong>3 jaar</strong>" in now and "<strong>4 jaar</strong>" not in now
    assert "<strong>4 jaar</strong>" in then and "1 juni 2025" in then
    assert client.get(f"/openbaar/{council.slug}/spelregels/", {"dag": "gisteren"}).status_code == 200


@pytest.mark.django_db
def test_a_council_without_rules(client, django_assert_max_num_queries):
    council = CouncilFactory()
    with django_assert_max_num_queries(8):
        page = client.get(f"/openbaar/{council.slug}/spelregels/").content.decode()
    assert "Er zijn nog geen regels bekend." in page
