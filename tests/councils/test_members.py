from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate

from councils.actions.appointments import add_appointment, end_appointment
from councils.actions.members import (
    Row,
    add_member,
    add_members,
    change_member_details,
    change_membership,
    end_membership,
    may_edit_person,
)
from councils.forms.people import MemberListForm, split_line
from councils.models import Membership
from portal.access import Refused
from portal.models import AuditEvent, Invitation, Person
from tests.factories import MembershipFactory, PersonFactory

START = date(2026, 9, 1)


def people_page(council) -> str:
    return f"/raad/{council.slug}/mensen/"


def test_a_new_member_is_invited(council, saskia, committing):
    with committing():
        membership = add_member(council, by=saskia.person, name="Nel Kok", email="nel@testdorp.test", starts_on=START)
    assert membership.role == "member" and membership.votes
    assert [letter.to for letter in mail.outbox] == [["Nel Kok <nel@testdorp.test>"]]
    assert Invitation.objects.get().council_id == council.pk
    assert AuditEvent.objects.filter(event="member_added", council_id=council.pk, actor_id=saskia.person.pk).exists()


def test_a_member_without_e_mail_gets_no_invitation(council, saskia):
    membership = add_member(council, by=saskia.person, name="Henk Bos", post_address="Weg 1", starts_on=START)
    assert membership.person.email == "" and not Invitation.objects.exists()


def test_somebody_known_elsewhere_is_the_same_person_and_keeps_her_details(council, saskia, stijn):
    membership = add_member(
        council, by=saskia.person, name="S. J.", email="STIJN@elders.test", phone="06", starts_on=START
    )
    assert membership.person == stijn.person
    stijn.person.refresh_from_db()
    assert (stijn.person.name, stijn.person.phone) == ("Stijn Jansen", "")
    assert not Invitation.objects.exists(), "he has an account"


def test_nobody_has_the_same_role_twice_at_once(council, saskia, fatma):
    with pytest.raises(Refused, match="Fatma"):
        add_member(council, by=saskia.person, name="Fatma", email=fatma.email, starts_on=START)
    later = add_member(
        council, by=saskia.person, name="Fatma", email=fatma.email, starts_on=START, role="treasurer", votes=False
    )
    assert later.person == fatma.person


def test_a_list_is_added_at_once_and_members_are_left_alone(council, saskia, fatma):
    rows = [Row("Fatma", fatma.email), Row("Nel Kok", "nel@testdorp.test"), Row("Henk Bos")]
    added = add_members(council, rows, by=saskia.person, starts_on=START)
    assert [membership.person.name for membership in added] == ["Nel Kok", "Henk Bos"]
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("Fatma Yılmaz; fatma@voorbeeld.nl", "Fatma Yılmaz", "fatma@voorbeeld.nl"),
        ("Fatma Yılmaz <fatma@voorbeeld.nl>", "Fatma Yılmaz", "fatma@voorbeeld.nl"),
        ("Fatma Yılmaz\tfatma@voorbeeld.nl", "Fatma Yılmaz", "fatma@voorbeeld.nl"),
        ("fatma@voorbeeld.nl, Fatma Yılmaz", "Fatma Yılmaz", "fatma@voorbeeld.nl"),
        ("Henk Bos", "Henk Bos", ""),
    ],
)
def test_a_line_of_the_list_is_read_as_people_write_it(line, name, email):
    assert split_line(line) == (name, email)


def test_a_fault_in_the_list_names_its_line():
    form = MemberListForm({"people": "Henk Bos\n; nel@x.test\nAn; an@@test", "starts_on": "1-9-2026"})
    assert not form.is_valid()
    assert len(form.errors["people"]) == 2 and "2" in form.errors["people"][0] and "3" in form.errors["people"][1]


def test_twelve_members_in_one_evening(council, saskia, sign_in):
    lines = "\n".join(f"Lid {n}; lid{n}@testdorp.test" if n > 2 else f"Lid {n}" for n in range(1, 13))
    data = {"people": lines, "starts_on": "1-9-2026", "send_invitation": "on"}
    response = sign_in(saskia).post(people_page(council) + "lijst/", data)
    assert response.status_code == 302
    assert Membership.objects.filter(council=council, person__name__startswith="Lid ").count() == 12
    assert Invitation.objects.count() == 10


def test_access_goes_on_the_day_after_the_last_day(council, saskia, fatma, sign_in):
    membership = fatma.person.memberships.get()
    end_membership(membership, localdate(), by=saskia.person)
    assert sign_in(fatma).get(f"/raad/{council.slug}/").status_code == 200
    Membership.objects.filter(pk=membership.pk).update(ends_on=localdate() - timedelta(days=1))
    client = sign_in(fatma)
    assert client.get(f"/raad/{council.slug}/").status_code == 404
    assert client.get("/mijn/").status_code == 200


def test_the_last_secretary_stays_until_there_is_another(council, saskia):
    membership = saskia.person.memberships.get()
    with pytest.raises(Refused):
        end_membership(membership, localdate(), by=saskia.person)
    with pytest.raises(Refused):
        change_membership(membership, by=saskia.person, role="member")
    MembershipFactory(council=council, secretary=True)
    end_membership(membership, localdate(), by=saskia.person)
    membership.refresh_from_db()
    assert membership.ends_on == localdate()


def test_a_term_of_years_is_no_reason_to_refuse_the_only_secretary(council, saskia):
    membership = saskia.person.memberships.get()
    change_membership(membership, by=saskia.person, ends_on=localdate() + timedelta(days=1000))


def test_a_last_day_before_the_first_is_refused(council, saskia, fatma):
    with pytest.raises(Refused):
        end_membership(fatma.person.memberships.get(), date(2023, 1, 1), by=saskia.person)


def test_a_secretary_changes_no_details_of_who_has_an_account_or_works_elsewhere(council, saskia, fatma):
    nobody_else = MembershipFactory(council=council).person
    assert may_edit_person(council, nobody_else)
    assert not may_edit_person(council, fatma.person)
    elsewhere = PersonFactory()
    MembershipFactory(person=elsewhere)
    mine = MembershipFactory(person=elsewhere, council=council)
    assert not may_edit_person(council, elsewhere)
    with pytest.raises(Refused):
        change_member_details(mine, by=saskia.person, name="X", email="saskia2@x.test", phone="", post_address="")
    assert Person.objects.get(pk=elsewhere.pk).email == elsewhere.email


def test_details_posted_for_who_has_an_account_change_nothing(council, saskia, fatma, sign_in):
    membership = fatma.person.memberships.get()
    data = {"name": "Gestolen", "email": "dief@x.test", "role": "treasurer", "votes": "on", "starts_on": "1-1-2024"}
    response = sign_in(saskia).post(f"{people_page(council)}{membership.public_id}/", data)
    assert response.status_code == 302
    fatma.person.refresh_from_db()
    membership.refresh_from_db()
    assert (fatma.person.name, fatma.person.email) == ("Fatma Yılmaz", "fatma@testdorp.test")
    assert membership.role == "treasurer"


def test_a_failing_audit_row_adds_nobody(council, saskia, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("councils.actions.members.record", fail)
    with pytest.raises(RuntimeError):
        add_member(council, by=saskia.person, name="Nel", starts_on=START)
    assert not Person.objects.filter(name="Nel").exists()


def test_a_contact_officer_adds_a_colleague(authority, victor, sign_in, committing):
    data = {"name": "Piet Post", "email": "piet@testdorp.test", "role": "policy_officer", "starts_on": "1-9-2026"}
    with committing():
        response = sign_in(victor).post(f"/bestuur/{authority.slug}/mensen/toevoegen/", data)
    assert response.status_code == 302
    assert authority.appointments.get(person__name="Piet Post").role == "policy_officer"
    assert len(mail.outbox) == 1


def test_a_policy_officer_adds_nobody(authority, saskia, sign_in):
    from tests.factories import AppointmentFactory, UserFactory

    colleague = UserFactory()
    AppointmentFactory(person=colleague.person, authority=authority, role="policy_officer")
    assert sign_in(colleague).get(f"/bestuur/{authority.slug}/mensen/").status_code == 200
    assert sign_in(colleague).get(f"/bestuur/{authority.slug}/mensen/toevoegen/").status_code == 403


def test_nobody_becomes_administrator_through_an_authority(authority, victor, sign_in):
    data = {"name": "Piet", "email": "piet@testdorp.test", "role": "administrator", "starts_on": "1-9-2026"}
    assert sign_in(victor).post(f"/bestuur/{authority.slug}/mensen/toevoegen/", data).status_code == 422


def test_the_last_administrator_stays(administrator):
    appointment = administrator.person.appointments.get()
    with pytest.raises(Refused):
        end_appointment(appointment, localdate(), by=administrator.person)
    add_appointment(
        None, by=administrator.person, name="Bo", email="bo@x.test", role="administrator", starts_on=localdate()
    )
    end_appointment(appointment, localdate(), by=administrator.person)


def test_a_person_gives_and_withdraws_consent_to_be_named(council, fatma, sign_in):
    membership = fatma.person.memberships.get()
    data = {"name": "Fatma Yılmaz", "phone": "06 1", "post_address": "", f"named_{membership.pk}": "on"}
    client = sign_in(fatma)
    assert client.post("/mijn/gegevens/", data).status_code == 302
    membership.refresh_from_db()
    assert membership.named_in_public
    del data[f"named_{membership.pk}"]
    client.post("/mijn/gegevens/", data)
    membership.refresh_from_db()
    assert not membership.named_in_public
    assert list(AuditEvent.objects.filter(event__startswith="consent").values_list("event", flat=True)) == [
        "consent_given",
        "consent_withdrawn",
    ]


@pytest.mark.parametrize("many", [10, 200])
def test_the_list_of_people_asks_the_same_number_of_questions(
    council, saskia, sign_in, many, django_assert_max_num_queries
):
    MembershipFactory.create_batch(many, council=council)
    client = sign_in(saskia)
    with django_assert_max_num_queries(8):
        assert client.get(people_page(council)).status_code == 200


def test_a_line_whose_second_part_is_no_address_is_not_a_person(council):
    form = MemberListForm({"people": "naam;e-mail\nHenk Bos;", "starts_on": "1-9-2026"})
    assert form.errors["people"] == ["Regel 1: wat na de ‘;’ staat, is geen e-mailadres."]
