"""Voting in writing, as a browser does it."""

from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from advice.actions.procedures import close_procedure, stop_procedure
from advice.actions.votes import cast_vote, recuse
from advice.models import Decision, Vote
from advice.states import AdviceState
from advice.tally import tally
from tests import factories
from tests.advice.votes import change_rules, draft_for, in_days, opened, over

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(council, authority, chair, saskia, fatma):
    change_rules(council, quorum={"count": 2})
    return draft_for(council, authority)


@pytest.fixture
def procedure(advice, saskia):
    return opened(advice, saskia.person)


@pytest.fixture
def secretary(sign_in, saskia):
    return sign_in(saskia)


@pytest.fixture
def member(sign_in, fatma):
    return sign_in(fatma)


def url(name: str, advice, *more) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id, *more])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_opening_offers_a_week_at_eight_in_the_evening(advice, secretary):
    form = secretary.get(url("open_vote", advice)).context["form"]
    assert form.initial["day"] == timezone.localdate() + timedelta(days=7)
    assert form.initial["at"].hour == 20
    day = timezone.localdate() + timedelta(days=7)
    given = {"day": day.isoformat(), "at": "20.00", "reason": "De vergadering komt te laat."}
    assert secretary.post(url("open_vote", advice), given).url == url("vote", advice)
    procedure = advice.procedures.get()
    closes = datetime(day.year, day.month, day.day, 20, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert (procedure.closes_at, procedure.reason) == (closes, "De vergadering komt te laat.")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"day": "2027-03-28", "at": "2.30"}, "at"),  # the clock goes forward
        ({"day": "2027-10-31", "at": "2.30"}, "fold"),  # the clock goes back
        ({"day": "2020-01-01", "at": "20.00"}, "day"),
        ({"day": "", "at": "20.00"}, "day"),
    ],
)
def test_a_time_that_is_none_is_refused_and_all_stays(advice, secretary, given, field):
    response = secretary.post(url("open_vote", advice), given | {"reason": "Wij zijn laat."})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Wij zijn laat." in text_of(response)
    advice.refresh_from_db()
    assert advice.state == AdviceState.DRAFT


def test_the_doubled_hour_is_asked_and_taken(advice, secretary):
    given = {"day": "2027-10-31", "at": "2.30", "fold": "1"}
    assert secretary.post(url("open_vote", advice), given).status_code == 302
    assert advice.procedures.get().closes_at == datetime(2027, 10, 31, 1, 30, tzinfo=ZoneInfo("UTC"))


def test_a_member_votes_looks_once_more_and_can_change_it(advice, procedure, member):
    page = text_of(member.get(url("vote", advice)))
    assert "U beslist mee of de adviesraad deze tekst vaststelt. U kunt stemmen tot" in page
    checked = member.post(url("vote", advice), {"choice": "against", "explanation": "Te duur."})
    assert checked.status_code == 200 and "U stemt: Tegen" in text_of(checked)
    assert not Vote.objects.exists()
    again = member.post(url("vote", advice), {"choice": "against", "explanation": "Te duur.", "again": "1"})
    assert again.context["form"]["explanation"].value() == "Te duur."
    assert not Vote.objects.exists()
    done = member.post(url("vote", advice), {"choice": "against", "explanation": "Te duur.", "sure": "1"}, follow=True)
    assert "Uw stem is bewaard. U kunt hem veranderen tot" in text_of(done)
    assert done.request["PATH_INFO"] == url("vote_done", advice) and "form" not in done.context
    assert "Daarna krijgt u bericht van de uitslag." in text_of(done)
    assert f'href="{reverse("councils:room", args=[advice.council.slug])}"' in done.content.decode()
    kept = member.get(url("vote", advice))
    assert "Uw stem: Tegen." in text_of(kept) and "Mijn stem nakijken" not in text_of(kept)
    change = member.get(url("vote", advice) + "?veranderen=1")
    assert change.context["form"].initial == {"choice": "against", "explanation": "Te duur."}
    assert "Mijn stem nakijken" in text_of(change) and "Mijn stem veranderen" in text_of(change)
    member.post(url("vote", advice), {"choice": "in_favour", "sure": "1"})
    assert Vote.objects.get().choice == "in_favour"


def test_no_choice_is_said_at_the_field(advice, procedure, member):
    response = member.post(url("vote", advice), {"explanation": "Ik weet het niet."})
    assert response.status_code == 422
    assert response.context["form"].errors["choice"] == ["Kies wat u stemt."]
    assert "Ik weet het niet." in text_of(response)


def test_a_vote_that_comes_too_late_keeps_what_was_typed(advice, procedure, member, saskia):
    stop_procedure(procedure, reason="Een fout", by=saskia.person)
    response = member.post(url("vote", advice), {"choice": "against", "explanation": "Te duur.", "sure": "1"})
    assert response.status_code == 409
    assert "De stemming is gesloten." in text_of(response) and "Te duur." in text_of(response)
    assert not Vote.objects.exists()


def test_before_closing_the_room_sees_who_and_after_it_what(advice, procedure, chair, fatma, saskia, sign_in, member):
    cast_vote(procedure, chair.person, choice="against", explanation="Veel te duur.", by=saskia.person, channel="phone")
    for name in ("vote", "detail", "decided"):
        page = text_of(member.get(url(name, advice)))
        assert "Veel te duur." not in page
    page = text_of(member.get(url("vote", advice)))
    assert "Chris Bakker: heeft gestemd" in page and "Fatma Yılmaz: nog niet" in page
    cast_vote(procedure, fatma.person, choice="in_favour", by=fatma.person)
    close_procedure(procedure, by=saskia.person)
    after = text_of(member.get(url("decided", advice)))
    assert "<strong>Chris Bakker</strong>: tegen" in after and "Veel te duur." in after
    assert "(vastgelegd door Saskia de Wit, per telefoon)" in after
    assert "<strong>Fatma Yılmaz</strong>: voor" in after


def test_the_municipality_sees_nothing_of_it(advice, procedure, victor, sign_in):
    for name in ("vote", "open_vote", "recuse", "close_vote", "decided", "mandate"):
        assert sign_in(victor).get(url(name, advice)).status_code == 404


def test_the_secretary_enters_a_vote_from_paper(advice, procedure, fatma, secretary, member):
    elector = procedure.electors.get(person=fatma.person)
    address = url("vote_for", advice, elector.pk)
    assert address in secretary.get(url("vote", advice)).content.decode()
    assert address not in member.get(url("vote", advice)).content.decode()
    refused = secretary.post(address, {"choice": "in_favour"})
    assert list(refused.context["form"].errors) == ["channel"]
    assert secretary.post(address, {"choice": "in_favour", "channel": "paper"}).url == url("vote", advice)
    assert (Vote.objects.get().person, Vote.objects.get().channel) == (fatma.person, "paper")
    assert "Saskia de Wit legde dit vast, op papier." in text_of(member.get(url("vote", advice)))


def test_the_secretary_does_not_see_what_a_member_voted(advice, procedure, fatma, secretary):
    cast_vote(procedure, fatma.person, choice="against", explanation="Veel te duur.", by=fatma.person)
    address = url("vote_for", advice, procedure.electors.get(person=fatma.person).pk)
    assert address not in secretary.get(url("vote", advice)).content.decode()
    assert secretary.get(address).url == url("vote", advice)
    refused = secretary.post(address, {"choice": "in_favour", "channel": "phone"})
    assert refused.status_code == 422 and "Veel te duur." not in text_of(refused)


def test_taking_no_part(advice, procedure, fatma, member, secretary, chair):
    assert "elector" not in member.get(url("recuse", advice)).context["form"].fields
    assert member.post(url("recuse", advice), {"reason": "Mijn zus werkt daar."}).url == url("vote", advice)
    page = text_of(member.get(url("vote", advice)))
    assert "U doet niet mee aan dit besluit: Mijn zus werkt daar." in page and "Wat stemt u?" not in page
    elector = procedure.electors.get(person=chair.person)
    assert secretary.post(url("recuse", advice), {"elector": elector.pk, "reason": "Belang"}).status_code == 302
    assert procedure.electors.filter(recused_at__isnull=False).count() == 2


def test_closing_asks_only_what_the_votes_ask(advice, procedure, chair, fatma, secretary, council):
    assert "Nog niemand heeft gestemd" in text_of(secretary.get(url("close_vote", advice)))
    change_rules(council, tie="chair_decides", quorum={"count": 3})
    cast_vote(procedure, fatma.person, choice="against", by=fatma.person)
    over(procedure)
    page = secretary.get(url("close_vote", advice))
    assert set(page.context["form"].fields) == {"without_quorum_reason"}
    refused = secretary.post(url("close_vote", advice), {"without_quorum_reason": ""})
    assert refused.status_code == 422 and not Decision.objects.exists()
    given = {"without_quorum_reason": "Tweede ronde."}
    assert secretary.post(url("close_vote", advice), given).url == url("decided", advice)
    assert "Het advies is niet vastgesteld" in text_of(secretary.get(url("decided", advice)))


def test_a_stopped_vote_stays_to_be_read(advice, procedure, fatma, secretary):
    cast_vote(procedure, fatma.person, choice="against", by=fatma.person)
    assert secretary.post(url("stop_vote", advice), {"reason": ""}).status_code == 422
    secretary.post(url("stop_vote", advice), {"reason": "Er staat een fout in."})
    page = text_of(secretary.get(url("decided", advice)))
    assert "Er staat een fout in." in page and "<strong>Fatma Yılmaz</strong>: tegen" in page


def test_the_home_asks_who_has_not_voted_and_the_leaders_to_close(advice, procedure, fatma, member, secretary, council):
    home = reverse("councils:room", args=[council.slug])
    assert "Stem over “Vervoer”" in text_of(member.get(home))
    assert "Sluit de stemming" not in text_of(secretary.get(home))
    cast_vote(procedure, fatma.person, choice="against", by=fatma.person)
    assert "Stem over “Vervoer”" not in text_of(member.get(home))
    recuse(procedure, procedure.electors.get(is_chair=True).person, reason="Belang", by=fatma.person)
    assert "Sluit de stemming over “Vervoer”" in text_of(secretary.get(home))
    assert "Iedereen heeft gestemd." in text_of(secretary.get(home))


def test_the_dossier_and_the_list_know_that_there_is_a_vote(advice, procedure, member, secretary, council):
    page = text_of(member.get(advice.get_absolute_url()))
    assert "Er wordt over deze tekst gestemd." in page and url("vote", advice) in page
    assert url("add_section", advice) not in page
    listed = member.get(reverse("advice:list", args=[council.slug]) + "?state=voting")
    assert "Vervoer" in text_of(listed)
    moved = secretary.get(url("add_section", advice), follow=True)
    assert "Er wordt over deze tekst gestemd." in text_of(moved)
    assert secretary.get(url("decide", advice)).url == url("decided", advice)


def test_more_time(advice, procedure, secretary):
    day = timezone.localdate() + timedelta(days=20)
    assert secretary.post(url("extend_vote", advice), {"day": "2020-01-01", "at": "20.00"}).status_code == 422
    assert secretary.post(url("extend_vote", advice), {"day": day.isoformat(), "at": "20.00"}).status_code == 302
    procedure.refresh_from_db()
    assert procedure.closes_at > in_days(18)


def test_done_is_only_for_who_voted_while_it_is_open(advice, procedure, member, fatma, saskia):
    assert member.get(url("vote_done", advice)).url == url("vote", advice)
    cast_vote(procedure, fatma.person, choice="against", by=fatma.person)
    assert member.get(url("vote_done", advice)).status_code == 200
    over(procedure)
    assert "De tijd om te stemmen is voorbij." in text_of(member.get(url("vote_done", advice)))
    assert "Mijn stem veranderen" not in text_of(member.get(url("vote_done", advice)))
    stop_procedure(procedure, reason="Een fout", by=saskia.person)
    assert member.get(url("vote_done", advice)).url == url("decided", advice)


def test_who_still_has_to_vote_does_not_see_what_others_voted(
    advice, procedure, council, chair, fatma, saskia, member, secretary, sign_in
):
    change_rules(council, quorum={"count": 3})
    cast_vote(procedure, chair.person, choice="against", by=chair.person)
    result = "0 voor, 1 tegen. Voor het quorum zijn 3 stemmen nodig"
    page = text_of(member.get(url("vote", advice)))
    assert "1 van de 2 leden hebben gestemd. Voor het quorum zijn 3 stemmen nodig" in page
    assert "Na uw stem ziet u de tussenstand." in page
    assert "1 tegen" not in page and "Blijft het zo?" not in page
    for viewer in (secretary, sign_in(chair)):  # without a vote; after her own
        page = text_of(viewer.get(url("vote", advice)))
        assert result in page and "Na uw stem" not in page
    cast_vote(procedure, fatma.person, choice="abstained", by=fatma.person)
    assert "0 voor, 1 tegen, 1 onthoudt zich." in text_of(member.get(url("vote", advice)))
    Vote.objects.filter(person=fatma.person).delete()
    over(procedure)  # and who came too late cannot be led any more
    assert result in text_of(member.get(url("vote", advice)))


def test_a_leader_who_has_a_vote_of_her_own_waits_for_it_too(advice, procedure, chair, fatma, sign_in):
    cast_vote(procedure, fatma.person, choice="against", by=fatma.person)
    page = text_of(sign_in(chair).get(url("vote", advice)))
    assert "Na uw stem ziet u de tussenstand." in page and "1 tegen" not in page


def test_who_is_not_counted_is_named(advice, council, chair, fatma, saskia, member):
    change_rules(council, chair={"vote": "tie_only"})
    other = factories.MembershipFactory(council=council, person__name="Henk Mol").person
    procedure = opened(advice, saskia.person)
    recuse(procedure, other, reason="Belang", by=saskia.person)
    page = text_of(member.get(url("vote", advice)))
    assert "0 van 1 lid heeft gestemd." in page
    assert "Niet meegeteld: Chris Bakker en Henk Mol." in page
    assert "Chris Bakker: stemt alleen als de stemmen staken" in page and "Henk Mol: doet niet mee" in page
    assert "Fatma Yılmaz: nog niet" in page
    cast_vote(procedure, chair.person, choice="against", by=chair.person)
    page = text_of(member.get(url("vote", advice)))
    assert (
        "Chris Bakker: heeft gestemd, telt alleen als de stemmen staken" in page
        and "0 van 1 lid heeft gestemd." in page
    )


def test_a_chair_who_settles_a_tie_sees_that_there_is_one(advice, council, chair, fatma, saskia, sign_in):
    change_rules(council, chair={"vote": "tie_only"})
    procedure = opened(advice, saskia.person)
    cast_vote(procedure, fatma.person, choice="in_favour", by=fatma.person)
    assert "1 voor, 0 tegen." in text_of(sign_in(chair).get(url("vote", advice)))


def test_who_has_no_vote_hears_so_and_gets_the_list(advice, procedure, council, secretary, sign_in):
    page = text_of(secretary.get(url("vote", advice)))
    assert "De stemming over dit advies</h1>" in page
    assert "U bent secretaris. U heeft geen stem. De leden kunnen stemmen tot" in page
    assert page.index("Wie heeft gestemd?") < page.index("<aside")
    newcomer = factories.UserFactory()
    factories.MembershipFactory(council=council, person=newcomer.person)
    page = text_of(sign_in(newcomer).get(url("vote", advice)))
    assert "U heeft geen stem over deze tekst." in page and "secretaris. U heeft" not in page
    assert "Alleen wie bij het openen een stem had, stemt mee." in page


def test_a_vote_that_the_secretary_entered_can_be_changed_and_says_so(
    advice, procedure, chair, fatma, saskia, secretary
):
    cast_vote(procedure, fatma.person, choice="abstained", by=saskia.person, channel="phone")
    listed = text_of(secretary.get(url("vote", advice)))
    assert listed.count("Stem veranderen<") == 1 and listed.count("Stem invoeren<") == 1  # the chair has not voted
    address = url("vote_for", advice, procedure.electors.get(person=fatma.person).pk)
    page = text_of(secretary.get(address))
    assert "Er is al een stem: Onthoudt zich van stemming" in page and "Ik onthoud mij" not in page
    done = secretary.post(address, {"choice": "in_favour", "channel": "phone"}, follow=True)
    assert "De stem van Fatma Yılmaz is veranderd. Dit lid krijgt bericht." in text_of(done)


def test_a_vote_after_the_closing_time_stays_to_be_read(advice, procedure, member):
    over(procedure)
    given = {"choice": "against", "explanation": "Veel te duur.", "sure": "1"}
    response = member.post(url("vote", advice), given)
    assert response.status_code == 422 and "Veel te duur." in text_of(response)
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    "rules",
    [
        {"quorum": {"count": 3}},
        {"quorum": {"numerator": 1, "denominator": 2, "more_than": True}},
        {"quorum": {"numerator": 1, "denominator": 2, "more_than": True, "of": "voting_members"}},
        {"quorum": {"numerator": 2, "denominator": 3}, "chair_counts_as_member": False},
        {"quorum": {"numerator": 2, "denominator": 3}, "chair": {"vote": "tie_only"}},
    ],
)
def test_the_home_of_who_leads_says_how_many_votes_the_quorum_lacks(
    advice, council, chair, fatma, saskia, secretary, member, rules
):
    change_rules(council, **rules)
    others = [factories.MembershipFactory(council=council).person for _ in range(4)]
    procedure = opened(advice, saskia.person, closes_at=in_days(2.9))
    cast_vote(procedure, fatma.person, choice="against", by=fatma.person)
    recuse(procedure, others[0], reason="Belang", by=saskia.person)
    counted = tally(procedure)
    short = counted.judgement.quorum.count - counted.ballot.present
    home = reverse("councils:room", args=[council.slug])
    said = f"Nog {short} {'stem' if short == 1 else 'stemmen'} nodig voor het quorum: “Vervoer”"
    assert short > 0 and said in text_of(secretary.get(home))
    assert "voor het quorum" not in text_of(member.get(home))
    procedure.closes_at = in_days(3.1)
    procedure.save()
    assert "voor het quorum" not in text_of(secretary.get(home))  # not yet
    procedure.closes_at = in_days(2)
    procedure.save()
    for person in others[1:]:
        cast_vote(procedure, person, choice="against", by=person)
    assert tally(procedure).judgement.quorum_met
    assert "voor het quorum" not in text_of(secretary.get(home))  # no more
