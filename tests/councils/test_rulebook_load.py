import json
import shutil
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from councils.actions.rulebooks import CHANGED, CREATED, UNCHANGED, free_slug, load_instrument
from councils.models import Authority, Council, Instrument, ServedBody
from councils.rulebook.schema import FaultyInstrument, check, read_instrument
from portal.models import AuditEvent, Person
from tests.councils.test_rulebook_terms import RULEBOOKS
from tests.factories import AuthorityFactory, CouncilFactory

FILES = sorted(RULEBOOKS.glob("*.json"))


def content_of(name):
    return json.loads((RULEBOOKS / name).read_text())


@pytest.fixture
def ordinance():
    return content_of("voorbeeld-verordening-2024.json")


def rows():
    tables = (Council, Authority, ServedBody, Instrument, AuditEvent, Person)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in tables}


def load(*files):
    out, err = StringIO(), StringIO()
    call_command("load_rulebook", *files, stdout=out, stderr=err)
    return out.getvalue()


# --- what is faulty, and where -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "value", "path"),
    [
        (["rules", "advice_term", "weeks"], "zes", "$.rules.advice_term.weeks"),
        (["rules", "advice_term", "weeks"], 0, "$.rules.advice_term.weeks"),
        (["rules", "advice_term", "max_weeks"], 4, "$.rules.advice_term.max_weeks"),
        (["rules", "adviestermijn"], {"weeks": 6}, "$.rules"),
        (["rules", "recess", 0, "from"], "02-30", "$.rules.recess[0].from"),
        (["rules", "recess", 0, "until"], "31-08", "$.rules.recess[0].until"),
        (["rules", "members_max"], 6, "$.rules.members_max"),
        (["rules", "quorum"], {"numerator": 1, "denominator": 0}, "$.rules.quorum.denominator"),
        (["rules", "quorum"], {"part": "half"}, "$.rules.quorum"),
        (["instrument", "kind"], "verordening", "$.instrument.kind"),
        (["instrument", "valid_from"], "20240101", "$.instrument.valid_from"),
        (["instrument", "valid_from"], "2024-02-30", "$.instrument.valid_from"),
        (["instrument", "valid_until"], "2023-12-31", "$.instrument.valid_until"),
        (["instrument", "title"], " ", "$.instrument.title"),
        (["authorities"], [], "$.authorities"),
        (["authorities", 0, "tooi"], "0344", "$.authorities[0].tooi"),
        (["authorities", 0, "until"], "2018-12-31", "$.authorities[0].until"),
        (["council", "name"], 5, "$.council.name"),
    ],
)
def test_a_fault_is_named_with_its_place(ordinance, place, value, path):
    part = ordinance
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    with pytest.raises(FaultyInstrument) as error:
        check(ordinance)
    assert [fault.path for fault in error.value.faults] == [path]


def test_all_faults_are_named_at_once(ordinance):
    del ordinance["instrument"]["title"]
    ordinance["rules"]["term_years"] = -1
    with pytest.raises(FaultyInstrument) as error:
        check(ordinance)
    assert [fault.path for fault in error.value.faults] == ["$.instrument", "$.rules.term_years"]


@pytest.mark.parametrize("text", [b"{", b"\xff\xfe{}", b"[]", b""])
def test_what_is_no_instrument_at_all(tmp_path, text):
    path = tmp_path / "regels.json"
    path.write_bytes(text)
    with pytest.raises(FaultyInstrument):
        read_instrument(path)
    with pytest.raises(FaultyInstrument):
        read_instrument(tmp_path / "er-niet.json")


# --- loading -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_all_files_load_and_a_second_time_changes_nothing():
    first = load(*FILES)
    before = rows()
    assert (Instrument.objects.count(), Council.objects.count(), Authority.objects.count()) == (10, 9, 12)
    second = load(*FILES)
    assert rows() == before
    assert len(second.splitlines()) == 10
    assert set(first.splitlines()).isdisjoint(second.splitlines())


@pytest.mark.django_db
def test_loading_makes_the_council_the_authority_and_the_period(ordinance):
    loaded = load_instrument(ordinance, by=None)
    council = loaded.instrument.council
    assert (loaded.result, council.slug, council.legal_form) == (
        CREATED,
        "adviesraad-sociaal-domein-voorbeeld",
        "committee",
    )
    served = ServedBody.objects.get()
    assert (served.authority.name, served.starts_on, served.ends_on) == ("Gemeente Voorbeeld", date(2019, 1, 1), None)
    assert loaded.instrument.rules == ordinance["rules"]
    assert set(AuditEvent.objects.values_list("event", flat=True)) == {
        "council_created",
        "authority_created",
        "served_body_created",
        "instrument_created",
    }


@pytest.mark.django_db
def test_an_authority_that_was_left_keeps_its_last_day():
    load(RULEBOOKS / "noardwest-fryslan-2025.json")
    periods = ServedBody.objects.values_list("authority__tooi", "ends_on")
    assert dict(periods) == {"gm1949": None, "gm0093": None, "gm0096": None, "gm0072": date(2023, 12, 31)}


@pytest.mark.django_db
def test_another_text_of_the_same_instrument_replaces_it(ordinance):
    first = load_instrument(ordinance, by=None)
    ordinance["rules"]["advice_term"]["weeks"] = 5
    again = load_instrument(ordinance, by=None)
    assert (again.result, again.instrument.pk) == (CHANGED, first.instrument.pk)
    assert Instrument.objects.get().rules["advice_term"]["weeks"] == 5
    assert AuditEvent.objects.filter(event="instrument_changed", object_id=first.instrument.pk).count() == 1
    assert load_instrument(ordinance, by=None).result == UNCHANGED


@pytest.mark.django_db
def test_another_first_day_is_another_version(ordinance):
    load_instrument(ordinance, by=None)
    ordinance["instrument"]["valid_from"] = "2026-01-01"
    assert load_instrument(ordinance, by=None).result == CREATED
    assert Instrument.objects.count() == 2


@pytest.mark.django_db
def test_without_a_first_day_it_is_known_again():
    goirle = content_of("goirle-2017.json")
    load_instrument(goirle, by=None)
    goirle["rules"]["advice_term"]["weeks"] = 5
    assert load_instrument(goirle, by=None).result == CHANGED
    assert Instrument.objects.count() == 1


@pytest.mark.django_db
def test_what_the_portal_knows_stays_and_blanks_are_filled(ordinance):
    AuthorityFactory(name="Gemeente Voorbeeld", slug="voorbeeld", addressee="Het college", tooi="")
    CouncilFactory(name="Adviesraad Sociaal Domein Voorbeeld", slug="asd", kind="wmo", legal_form="")
    ordinance["authorities"][0]["tooi"] = "gm9999"
    load_instrument(ordinance, by=None)
    authority, council = Authority.objects.get(), Council.objects.get()
    assert (authority.slug, authority.addressee, authority.tooi) == ("voorbeeld", "Het college", "gm9999")
    assert (council.slug, council.kind, council.legal_form) == ("asd", "wmo", "committee")


@pytest.mark.django_db
def test_an_authority_with_another_code_is_refused_with_its_path(ordinance):
    AuthorityFactory(name="Gemeente Voorbeeld", tooi="gm0001")
    ordinance["authorities"][0]["tooi"] = "gm9999"
    with pytest.raises(FaultyInstrument, match=r"\$\.authorities\[0\]\.tooi"):
        load_instrument(ordinance, by=None)
    assert Council.objects.count() == 0


@pytest.mark.django_db
def test_the_code_finds_an_authority_that_changed_its_name(ordinance):
    AuthorityFactory(name="Gemeente Oudnaam", tooi="gm9999")
    ordinance["authorities"][0]["tooi"] = "gm9999"
    load_instrument(ordinance, by=None)
    assert Authority.objects.get().name == "Gemeente Oudnaam"


@pytest.mark.django_db
def test_slugs_do_not_collide():
    CouncilFactory(slug="clientenraad")
    assert free_slug(Council, "Cliëntenraad") == "clientenraad-2"


@pytest.mark.django_db
def test_a_faulty_file_loads_nothing_and_the_others_are_loaded(tmp_path, ordinance):
    faulty = tmp_path / "fout.json"
    ordinance["rules"]["members_min"] = "zeven"
    faulty.write_text(json.dumps(ordinance))
    good = shutil.copy(RULEBOOKS / "goirle-2017.json", tmp_path / "goed.json")
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("load_rulebook", faulty, good, stdout=StringIO(), stderr=err)
    assert err.getvalue().startswith(f"{faulty}: $.rules.members_min: ")
    assert list(Council.objects.values_list("name", flat=True)) == ["Participatieraad Goirle"]


# --- asking --------------------------------------------------------------------------------------------------------


def ask(council, **options):
    out = StringIO()
    arguments = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    call_command("rulebook", council, "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def loaded(db):
    load(*FILES)


def test_the_command_answers_every_question(loaded):
    found = ask(
        "Adviesraad Sociaal Domein Voorbeeld",
        request_date="2026-04-10",
        receipt_date="2026-04-13",
        issue_date="2026-06-02",
        meeting_date="2026-05-15",
        members=12,
        present=6,
    )
    values = {key: answer and answer.get("date", answer.get("value")) for key, answer in found.items()}
    assert values == {
        "advice_due": "2026-05-26",
        "advice_due_latest": None,
        "advice_due_extended": "2026-06-08",
        "decline_until": "2026-04-28",  # 27 April is King's Day
        "response_due": "2026-07-28",
        "response_due_extended": "2026-08-25",
        "invitations_out_by": "2026-05-05",
        "member_papers_by": "2026-05-01",
        "quorum_needed": 7,
        "quorum_met": False,
        "term_ends_on": "2030-04-09",
    }
    assert found["advice_due"] == {
        "date": "2026-05-26",
        "article": "art. 7 lid 1",
        "instrument": "Verordening adviesraad sociaal domein Voorbeeld 2024",
        "assumed": [],
    }
    assert len(found["response_due"]["assumed"]) == 1


def test_by_slug_and_with_nothing_to_compute(loaded):
    found = ask("participatieraad-goirle")
    assert len(found) == 11
    assert set(found.values()) == {None}


def test_in_words(loaded):
    out = StringIO()
    call_command("rulebook", "participatieraad-goirle", "--request-date=2026-02-02", stdout=out)
    lines = out.getvalue().splitlines()
    assert "2026 (art. 2 lid 3, Verordening participatieraad 2017)" in lines[0]
    assert len([line for line in lines if line.endswith("–")]) == 10


def test_an_unknown_council_names_those_that_look_like_it(loaded):
    with pytest.raises(CommandError, match="Participatieraad Goirle"):
        ask("Participatieraad Goirlo")


@pytest.mark.parametrize("option", ["--request-date=2026-02-30", "--meeting-date=26-05-2026", "--members=-1"])
def test_bad_input_is_refused(loaded, option):
    with pytest.raises(CommandError, match=option.split("=")[1]):
        call_command("rulebook", "participatieraad-goirle", option, stdout=StringIO())
