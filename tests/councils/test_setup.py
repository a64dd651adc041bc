import json
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from councils.actions.councils import add_served_body, change_served_body, create_council
from councils.forms.rules import RulesForm
from councils.models import Council, Instrument
from councils.patterns import example, faults, format_number, validate_pattern
from councils.rulebook.schema import check
from portal.access import Refused
from portal.models import AuditEvent
from tests.factories import AuthorityFactory

DAY = date(2026, 3, 9)
RULE_BOOKS = sorted((Path(__file__).parents[1] / "data" / "rulebooks").glob("*.json"))


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("ASD {year}-{serial}", "ASD 2026-7"),
        ("{year}-{serial:02}", "2026-07"),
        ("{yy}{month}{day}/{serial:03}", "260309/007"),
    ],
)
def test_a_pattern_makes_the_number(pattern, number):
    validate_pattern(pattern)
    assert format_number(pattern, DAY, 7) == number


@pytest.mark.parametrize(
    "pattern",
    [
        "{jaar}-{serial}",
        "{year}",
        "{serial}",
        "{year}-{serial}{serial}",
        "{year.__class__}-{serial}",
        "{year!r}{serial}",
        "{year}-{serial:10}",
        "{year}-{serial}\n",
        "{year}-{serial}<b>",
        "{year}-{serial",
        "",
    ],
)
def test_a_pattern_that_is_no_number_is_refused(pattern):
    with pytest.raises(ValidationError):
        validate_pattern(pattern)


def test_the_example_is_the_seventh_letter_of_this_year():
    assert example("AW {year}-{serial:02}") == f"AW {localdate().year}-07"
    assert list(faults("AW {year}-{serial:02}")) == []


# --- councils and authorities -------------------------------------------------


def details(council, **changed) -> dict[str, str]:
    return {
        "name": council.name,
        "kind": council.kind,
        "place": "Testdorp",
        "post_address": "Postbus 2",
        "email": "r@x.test",
        "phone": "06 1",
        "about": "",
        "legal_form": "",
        "number_pattern": "{year}-{serial}",
        **changed,
    }


def test_the_secretary_changes_the_letterhead(council, saskia, sign_in):
    url = f"/raad/{council.slug}/beheer/gegevens/"
    assert sign_in(saskia).post(url, details(council, number_pattern="AT {yy}-{serial}")).status_code == 302
    council.refresh_from_db()
    assert (council.phone, council.number_pattern) == ("06 1", "AT {yy}-{serial}")
    assert AuditEvent.objects.filter(event="council_changed", actor_id=saskia.person.pk).exists()


def test_an_example_of_the_number_is_shown_and_saves_nothing(council, saskia, sign_in):
    url = f"/raad/{council.slug}/beheer/gegevens/"
    data = details(council, number_pattern="XX {year}-{serial:03}", name="", preview="1")
    page = sign_in(saskia).post(url, data)
    assert page.status_code == 200 and f"XX {localdate().year}-007" in page.text
    council.refresh_from_db()
    assert council.number_pattern == "{year}-{serial:02}"


def test_a_wrong_pattern_is_refused_and_kept(council, saskia, sign_in):
    page = sign_in(saskia).post(f"/raad/{council.slug}/beheer/gegevens/", details(council, number_pattern="{jaar}"))
    assert page.status_code == 422 and "{jaar}" in page.text


def test_two_councils_do_not_share_a_name(council, administrator):
    with pytest.raises(Refused):
        create_council(by=administrator.person, name=council.name.upper(), number_pattern="{year}-{serial}")


def test_a_pair_has_one_period_at_a_time(council, authority, saskia):
    with pytest.raises(Refused):
        add_served_body(council, authority, by=saskia.person, starts_on=date(2026, 1, 1))
    period = council.served_bodies.get()
    change_served_body(period, by=saskia.person, starts_on=date(2020, 1, 1), ends_on=date(2025, 12, 31))
    add_served_body(council, authority, by=saskia.person, starts_on=date(2026, 1, 1))
    assert council.served_bodies.count() == 2


def test_a_group_that_somebody_speaks_for_stays(council, saskia, fatma, sign_in):
    client = sign_in(saskia)
    client.post(f"/raad/{council.slug}/beheer/doelgroepen/", {"name": "Mantelzorgers"})
    group = council.client_groups.get()
    fatma.person.memberships.update(client_group=group)
    client.post(f"/raad/{council.slug}/beheer/doelgroepen/{group.pk}/weg/")
    assert council.client_groups.count() == 1
    fatma.person.memberships.update(client_group=None)
    client.post(f"/raad/{council.slug}/beheer/doelgroepen/{group.pk}/weg/")
    assert council.client_groups.count() == 0


def test_an_administrator_makes_a_council_and_then_adds_its_secretary(administrator, authority, sign_in):
    data = {"name": "Raad Nieuw", "kind": "wmo", "authority": authority.pk, "number_pattern": "{year}-{serial}"}
    response = sign_in(administrator).post("/beheer/adviesraad/", data)
    council = Council.objects.get(name="Raad Nieuw")
    assert response.url == f"/raad/{council.slug}/mensen/toevoegen/"
    assert list(council.authorities.all()) == [authority]
    assert sign_in(administrator).get(f"/raad/{council.slug}/").status_code == 403, "her room stays closed to him"


def test_changing_the_authority_changes_its_office(authority, administrator, sign_in):
    data = {
        "name": authority.name,
        "kind": "municipality",
        "tooi": "",
        "addressee": "Het college",
        "salutation": "Geacht",
        "office_address": "Weg 2",
        "office_email": "Nieuw@Testdorp.test",
    }
    assert sign_in(administrator).post(f"/bestuur/{authority.slug}/gegevens/", data).status_code == 302
    authority.office.refresh_from_db()
    assert (authority.office.name, authority.office.email) == ("Het college", "nieuw@testdorp.test")


def test_two_authorities_do_not_share_a_code(authority, administrator, sign_in):
    AuthorityFactory(tooi="gm0344")
    data = {
        "name": "X",
        "kind": "municipality",
        "tooi": "gm0344",
        "addressee": "A",
        "salutation": "B",
        "office_address": "C",
    }
    page = sign_in(administrator).post("/beheer/bestuursorgaan/", data)
    assert page.status_code == 422 and "TOOI" in page.text


# --- rules --------------------------------------------------------------------


def rules_url(council) -> str:
    return f"/raad/{council.slug}/beheer/regels/"


ANSWERS = {
    "title": "Reglement",
    "kind": "rules_of_procedure",
    "adopted_by": "council_itself",
    "advice_weeks": "6",
    "advice_starts": "receipt",
    "advice_extension": "2",
    "article_advice_term": "art. 7",
    "decline_weeks": "2",
    "recess_from": "15-7",
    "recess_until": "31-8",
    "deadline_on_day_off": "next_working_day",
    "response_weeks": "8",
    "invitation_days": "10",
    "quorum_kind": "more_than_half",
    "quorum_of": "voting_members",
    "decides_by": "majority",
    "tie": "not_adopted",
    "chair_vote": "full",
    "members_min": "3",
    "members_max": "13",
    "term_years": "4",
    "max_reappointments": "0",
}


def test_answers_become_rules_in_the_words_of_the_schema(council, saskia, sign_in):
    assert sign_in(saskia).post(rules_url(council), ANSWERS).status_code == 302
    instrument = council.instruments.get(title="Reglement")
    assert instrument.rules == {
        "advice_term": {"weeks": 6, "starts": "receipt", "extension_weeks": 2},
        "may_decline_within_weeks": 2,
        "recess": [{"from": "07-15", "until": "08-31"}],
        "deadline_on_day_off": "next_working_day",
        "response_term": {"weeks": 8},
        "invitation_days": 10,
        "quorum": {"numerator": 1, "denominator": 2, "more_than": True, "of": "voting_members"},
        "decides_by": "majority",
        "tie": "not_adopted",
        "chair": {"vote": "full"},
        "members_min": 3,
        "members_max": 13,
        "term_years": 4,
        "max_reappointments": 0,
        "articles": {"advice_term": "art. 7"},
    }
    check(
        {
            "council": {"name": "X", "kind": "wmo"},
            "authorities": [{"name": "Y", "kind": "municipality"}],
            "instrument": {"title": "R", "kind": "ordinance", "adopted_by": "executive", "source": ""},
            "rules": instrument.rules,
        }
    )


def test_the_fee_per_meeting_is_filled_in_and_another_kind_of_fee_stays(council, saskia, sign_in):
    more = {"fee_amount": "32,50", "article_attendance_fee": "art. 12"}
    assert sign_in(saskia).post(rules_url(council), ANSWERS | more).status_code == 302
    instrument = council.instruments.get(title="Reglement")
    assert instrument.rules["attendance_fee"] == {"scheme": "per_meeting", "amount": 32.5}
    assert instrument.rules["articles"]["attendance_fee"] == "art. 12"
    for before, typed, after in [
        ({"scheme": "per_month", "amount": 50}, "", {"scheme": "per_month", "amount": 50}),
        ({"scheme": "per_meeting"}, "", {"scheme": "per_meeting"}),
        ({"scheme": "per_meeting", "amount": 20, "kinds": ["plenary"]}, "25",
         {"scheme": "per_meeting", "amount": 25.0, "kinds": ["plenary"]}),
        ({"scheme": "per_meeting", "amount": 20}, "", None),
    ]:  # fmt: skip
        instrument.rules["attendance_fee"] = before
        form = RulesForm(ANSWERS | {"fee_amount": typed}, instrument=instrument)
        assert form.is_valid(), form.errors
        assert form.rules().get("attendance_fee") == after


def test_trying_the_rules_saves_nothing(council, saskia, sign_in):
    page = sign_in(saskia).post(rules_url(council), ANSWERS | {"preview": "1"})
    assert page.status_code == 200 and 'id="proef"' in page.text and "art. 7" in page.text
    assert not council.instruments.filter(title="Reglement").exists()


@pytest.mark.parametrize("file", RULE_BOOKS, ids=lambda file: file.stem)
def test_saving_loaded_rules_unchanged_changes_nothing(file):
    """What the form does not ask is kept; what it asks comes back as it was."""
    content = json.loads(file.read_text())
    instrument = Instrument(title="T", kind="ordinance", adopted_by="executive", rules=content["rules"], valid_from=DAY)
    shown = RulesForm(instrument=instrument)
    posted = {name: shown[name].value() for name in shown.fields}
    posted = {name: "" if value is None else str(value) for name, value in posted.items()}
    form = RulesForm({**posted, "valid_from": "2026-03-09"}, instrument=instrument)
    assert form.is_valid(), form.errors
    assert without_defaults(form.rules()) == without_defaults(content["rules"])


def without_defaults(rules: dict) -> dict:
    """ "more_than": false says the same as leaving it out, and so does 2/4 for 1/2."""
    rules = dict(rules)
    if "numerator" in rules.get("quorum", {}):
        quorum = rules["quorum"]
        rules["quorum"] = {
            "part": quorum["numerator"] / quorum["denominator"],
            "more_than": quorum.get("more_than", False),
            "of": quorum.get("of"),
        }
    return rules


def test_a_half_answer_is_pointed_at(council, saskia, sign_in):
    wrong = ANSWERS | {"quorum_kind": "count", "recess_until": "", "recess_from": "31-2", "members_max": "2"}
    form = RulesForm(wrong)
    assert not form.is_valid()
    assert set(form.errors) == {"quorum_count", "recess_from", "members_max"}
    assert sign_in(saskia).post(rules_url(council), wrong).status_code == 422


def test_the_same_rules_are_not_entered_twice(council, saskia, sign_in):
    client = sign_in(saskia)
    client.post(rules_url(council), ANSWERS)
    assert client.post(rules_url(council), ANSWERS).status_code == 422
    assert council.instruments.filter(title="Reglement").count() == 1
