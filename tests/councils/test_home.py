from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from councils.actions.members import add_member
from tests.factories import AppointmentFactory, AuthorityFactory, MembershipFactory, ServedBodyFactory, UserFactory


def menu(page) -> list[str]:
    return [item.label for item in page.context["desk"].menu]


def test_a_member_has_six_places_and_the_secretary_one_more(council, fatma, saskia, sign_in):
    room = f"/raad/{council.slug}/"
    assert menu(sign_in(fatma).get(room, HTTP_ACCEPT_LANGUAGE="nl")) == [
        "Start", "Vergaderingen", "Aanvragen", "Adviezen", "Gehoord", "Mensen"]  # fmt: skip
    assert len(menu(sign_in(saskia).get(room))) == 7


def test_a_civil_servant_has_at_most_six_places(authority, victor, sign_in):
    assert menu(sign_in(victor).get(f"/bestuur/{authority.slug}/", HTTP_ACCEPT_LANGUAGE="nl")) == [
        "Start", "Adviesaanvragen", "Langetermijnagenda", "Adviezen", "Onderwerpen", "Mensen"]  # fmt: skip


def test_who_has_one_desk_goes_straight_to_it(council, fatma, sign_in):
    assert sign_in(fatma).get("/mijn/").url == f"/raad/{council.slug}/"


def test_who_has_two_roles_chooses_and_sees_at_which_desk_she_is(council, authority, saskia, sign_in):
    AppointmentFactory(person=saskia.person, authority=authority)
    client = sign_in(saskia)
    choice = client.get("/mijn/")
    assert [desk.name for desk in choice.context["desks"]] == [council.name, authority.name]
    room = client.get(f"/raad/{council.slug}/")
    assert room.context["desk"].kind == "council"
    assert [other.name for other in room.context["desk"].desks] == [authority.name]
    desk = client.get(f"/bestuur/{authority.slug}/")
    assert desk.context["desk"].name == authority.name
    assert client.get("/mijn/gegevens/").context["desk"].name == authority.name, "the desk used last"


def test_with_two_roles_in_one_council_there_is_one_desk(council, saskia, sign_in):
    MembershipFactory(person=saskia.person, council=council)
    client = sign_in(saskia)
    assert client.get("/mijn/").url == f"/raad/{council.slug}/"
    assert len(menu(client.get(f"/raad/{council.slug}/"))) == 7


def test_a_former_member_gets_a_friendly_page(former_member, sign_in):
    page = sign_in(former_member).get("/mijn/", HTTP_ACCEPT_LANGUAGE="nl")
    assert page.status_code == 200 and "U heeft nu geen toegang tot een adviesraad" in page.text


def test_help_has_the_name_of_the_secretary_and_the_number_of_the_council(council, saskia, fatma, sign_in):
    council.phone = "0123 - 45 67 89"
    council.save()
    page = sign_in(fatma).get(f"/raad/{council.slug}/")
    assert "Saskia de Wit" in page.context["desk"].help_name and "0123 - 45 67 89" in page.text


def test_the_secretary_sees_what_the_list_of_members_asks(council, saskia, fatma, sign_in):
    council.instruments.update(rules={"members_min": 3})
    add_member(council, by=saskia.person, name="Nel Kok", email="nel@testdorp.test", starts_on=localdate())
    fatma.person.memberships.update(ends_on=localdate() + timedelta(days=40))
    page = sign_in(saskia).get(f"/raad/{council.slug}/", HTTP_ACCEPT_LANGUAGE="nl")
    assert "Nel Kok" in page.text
    assert "De termijn van 1 lid loopt bijna af" in page.text and "nog 40 dagen" in page.text
    assert "De adviesraad heeft te weinig leden" in page.text
    assert "te weinig leden" not in sign_in(fatma).get(f"/raad/{council.slug}/").text


def test_the_theme_of_the_page_is_that_of_the_authority(council, authority, fatma, sign_in):
    authority.theme = "heuvelrode"
    authority.save()
    assert 'class="heuvelrode-theme"' in sign_in(fatma).get(f"/raad/{council.slug}/").text


@pytest.mark.parametrize("many", [3, 60])
def test_the_homes_stay_within_their_budget(
    council, authority, saskia, fatma, victor, sign_in, many, django_assert_max_num_queries
):
    MembershipFactory.create_batch(many, council=council)
    room, desk = f"/raad/{council.slug}/", f"/bestuur/{authority.slug}/"
    for user, url, most in ((fatma, room, 12), (victor, desk, 11), (saskia, room, 22)):
        client = sign_in(user)
        client.get(url)  # the first visit also writes the desk into the session
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200


def test_a_disabled_account_has_no_desk(council, sign_in):
    user = UserFactory()
    MembershipFactory(person=user.person, council=council)
    client = sign_in(user)
    user.is_active = False
    user.save()
    assert client.get(f"/raad/{council.slug}/").status_code == 302


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "Gemeente Testdorp"),
        (["Gemeente Aaldorp"], "Gemeente Aaldorp en Gemeente Testdorp"),
        (["Gemeente Aaldorp", "Gemeente Zeedorp"], "Gemeente Aaldorp en 2 andere"),
    ],
)
def test_the_head_of_a_room_says_whom_the_council_advises_today(council, fatma, saskia, sign_in, more, said):
    for name in more:
        ServedBodyFactory(council=council, authority=AuthorityFactory(name=name))
    gone = AuthorityFactory(name="Gemeente Aadorp")
    ServedBodyFactory(council=council, authority=gone, ends_on=localdate() - timedelta(days=1))
    ServedBodyFactory(council=council, authority=council.authorities.first(), starts_on=localdate())
    room = sign_in(fatma).get(f"/raad/{council.slug}/")
    assert room.context["desk"].subtitle == said
