import pytest
from django.core.management import CommandError, call_command

from councils.models import Appointment, Authority, Council, Membership
from councils.querysets import facts_of
from portal.models import AuditEvent, User

ME = {"name": "Nieuwe Secretaris", "email": "Secretaris@Testdorp.test"}
AUTHORITY = {
    "name": "Gemeente Waterveen", "kind": "municipality", "tooi": "GM0999",
    "addressee": "College van burgemeester en wethouders", "salutation": "Geacht college,",
    "office_address": "Postbus 1\n1234 AB Waterveen", "office_email": "",
}  # fmt: skip
COUNCIL = {
    "name": "Adviesraad Waterveen", "kind": "social_domain", "secretary_kind": "volunteer",
    "starts_on_day": "1", "starts_on_month": "10", "starts_on_year": "2026", "place": "Waterveen",
    "post_address": "Dorpsstraat 1\n1234 AB Waterveen", "email": "raad@testdorp.test", "phone": "",
    "number_pattern": "AW {year}-{serial:02}",
}  # fmt: skip
RULES = {
    "title": "Verordening adviesraad Waterveen 2025", "kind": "ordinance", "adopted_by": "municipal_council",
    "valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2025", "advice_weeks": "6",
    "advice_starts": "receipt", "article_advice_term": "art. 7 lid 1", "quorum_kind": "more_than_half",
}  # fmt: skip


def test_a_new_secretary_sets_up_an_empty_portal_by_herself(client, db):
    response = client.post("/begin/", ME)
    assert response.status_code == 302 and response.url == "/begin/bestuursorgaan/"
    user = User.objects.get()
    assert user.email == user.person.email == "secretaris@testdorp.test"
    assert facts_of(user).is_administrator

    assert client.post(response.url, AUTHORITY).url == "/begin/adviesraad/"
    authority = Authority.objects.get()
    assert (authority.slug, authority.tooi, authority.office.email) == ("gemeente-waterveen", "gm0999", "")
    assert authority.office.is_office and authority.office.post_address.startswith("Postbus 1")

    response = client.post("/begin/adviesraad/", COUNCIL | {"authority": authority.pk})
    council = Council.objects.get()
    assert response.url == f"/raad/{council.slug}/beheer/regels/?begin"
    membership = Membership.objects.get()
    assert (membership.person, membership.role, membership.votes) == (user.person, "secretary", False)
    assert list(council.authorities.all()) == [authority]

    assert client.get(response.url).status_code == 200
    assert client.post(response.url, RULES).status_code == 302
    rules = council.instruments.get().rules
    assert rules["advice_term"] == {"weeks": 6, "starts": "receipt"}
    assert client.get(f"/raad/{council.slug}/").status_code == 200
    events = set(AuditEvent.objects.values_list("event", flat=True))
    assert {"account_made", "appointed", "authority_created", "council_created", "instrument_created"} <= events


def test_once_somebody_has_an_account_the_first_start_is_gone(client, fatma):
    assert client.get("/begin/").status_code == 404
    assert client.post("/begin/", ME).status_code == 404
    assert User.objects.count() == 1


def test_of_two_who_begin_at_once_the_second_is_refused(client, db):
    from councils.actions.first_start import make_first_account
    from portal.access import Refused

    make_first_account("Een", "een@testdorp.test")
    with pytest.raises(Refused):
        make_first_account("Twee", "twee@testdorp.test")
    assert User.objects.count() == 1


def test_in_production_only_the_set_up_link_opens_the_first_start(client, db, settings, capsys):
    settings.SETUP_LINK_REQUIRED = True
    assert client.get("/begin/").status_code == 404
    assert client.post("/begin/", ME).status_code == 404
    assert client.get("/begin/?sleutel=begin:1:verzonnen").status_code == 404
    call_command("setup_link")
    url = capsys.readouterr().out
    assert url.startswith("http://127.0.0.1:8000/begin/?sleutel=") and url.count("\n") == 1
    path = url.strip().removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert client.post(path, ME).status_code == 302
    with pytest.raises(CommandError):
        call_command("setup_link")


def test_wrong_answers_are_kept_and_pointed_at(client, db):
    response = client.post("/begin/", {"name": "Nieuwe Secretaris", "email": "geen adres"})
    assert response.status_code == 422
    assert "geen adres" in response.text and "Nieuwe Secretaris" in response.text
    assert not User.objects.exists()


def test_the_operator_makes_an_administrator(db, capsys):
    call_command("create_administrator", "Ada Beheer", "ada@raadportaal.test")
    assert capsys.readouterr().out == "Ada Beheer <ada@raadportaal.test> is administrator.\n"
    assert Appointment.objects.get().role == "administrator"
    assert facts_of(User.objects.get()).is_administrator
    with pytest.raises(CommandError, match="x: "):
        call_command("create_administrator", "Ada", "x")
