"""What is only for the chair: nobody else reads it, sees that it was said, or can work it out."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from advice.actions import deciding, opinions
from advice.models import MinorityView, Opinion
from advice.opinions import listener_id, totals_of
from councils.states import CouncilRole
from portal.access import Refused
from portal.models import AuditEvent, User
from tests import factories
from tests.access.world import build
from tests.advice.opinions import PRIVATE, adopt, in_days, page, say
from tests.test_access import OURS, ROWS

pytestmark = pytest.mark.django_db


def test_the_chair_reads_it_without_a_name(round, fatma, chair, sign_in, advice):
    say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    shown = page(sign_in(chair), "opinions", advice)
    assert PRIVATE in shown
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert "Fatma" not in main


def test_the_deputy_reads_it_only_where_there_is_no_chair(council, fatma, saskia):
    assert listener_id(council.pk) is None
    deputy = factories.PersonFactory(name="Vera")
    factories.MembershipFactory(person=deputy, council=council, role=CouncilRole.DEPUTY_CHAIR)
    assert listener_id(council.pk) == deputy.pk
    chair = factories.PersonFactory(name="Voor Zitter")
    factories.MembershipFactory(person=chair, council=council, chair=True)
    assert listener_id(council.pk) == chair.pk
    deputy_user = factories.UserFactory(person=deputy)
    advice = factories.AdviceFactory(council=council)
    assert not deputy_user.has_perm("advice.hear_in_private", advice)
    assert factories.UserFactory(person=chair).has_perm("advice.hear_in_private", advice)


def test_without_an_ear_nothing_can_be_said_in_private(council, authority, fatma, saskia, sign_in, advice):
    round = opinions.open_round(advice, closes_on=in_days(7), by=saskia.person)
    with pytest.raises(Refused) as refused:
        say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    assert refused.value.field == "only_for_chair"


def test_a_private_answer_changes_nothing_on_the_pages_of_others(round, members, fatma, saskia, sign_in, advice):
    """Differencing: with and without the private answer every other member reads the very same pages."""
    other = User.objects.get(person=members[1]) if members[1] != fatma.person else None
    reader = sign_in(other or saskia)
    say(round, members[3], "agree", text="Prima.")

    def seen(client):
        names = ("opinions", "detail")
        return [page(client, name, advice).split("<main")[1].split("</main")[0] for name in names]

    secretary = sign_in(saskia)
    before = [without_tokens(text) for text in seen(secretary)]
    say(round, members[4], "disagree", text=PRIVATE, only_for_chair=True)
    assert [without_tokens(text) for text in seen(secretary)] == before
    assert reader is not None
    say(round, members[4], "disagree", text=PRIVATE)
    assert [without_tokens(text) for text in seen(secretary)] != before  # the control: an open one does change them


def without_tokens(html: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


def test_the_trail_tells_the_same_of_an_open_and_a_private_answer(round, fatma, members):
    say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    say(round, members[3], "agree")
    rows = AuditEvent.objects.filter(event__startswith="opinion.").values_list(
        "event", "actor_id", "object_label", "object_id"
    )
    assert set(rows) == {("opinion.given", None, "advice.OpinionRound", round.pk)} and len(rows) == 2


def test_nobody_but_the_chair_reads_it_on_any_page(
    council, authority, fatma, stijn, chair, saskia, olga, victor, bart, former_member, administrator, sign_in
):
    world = build(council, authority, saskia, fatma, victor)
    doubter = factories.PersonFactory(name="Truus Twijfel")
    factories.MembershipFactory(person=doubter, council=council)
    say(world.opinion_round, doubter, "disagree", text=PRIVATE, only_for_chair=True)
    found, chairs_pages = [], 0
    for user in (chair, fatma, saskia, olga, victor, administrator):
        client = sign_in(user)
        for name in OURS:
            row = ROWS[name]
            if not row.get:
                continue
            response = client.get(reverse(name, args=row.args(world)) + row.query)
            body = b"".join(response) if response.streaming else response.content
            if PRIVATE.encode() in body:
                chairs_pages += user == chair
                if user != chair:
                    found.append(f"{user.person.name}: {name}")
    assert found == []
    assert chairs_pages == 1  # the control: the canary is there to be read


def test_totals_are_withheld_below_five_answers(round, members, chair, sign_in, advice):
    for person in members[:3]:
        say(round, person)
    say(round, members[3], "disagree", text=PRIVATE, only_for_chair=True)
    assert totals_of(round) == {}
    assert "Daarom staan hier geen aantallen" in page(sign_in(chair), "opinions", advice)
    say(round, members[4], "dont_know")
    assert totals_of(round) == {"agree": 3, "agree_but": 0, "disagree": 1, "dont_know": 1, "silent": 4}


def test_after_adoption_only_totals_remain(round, members, advice, chair, saskia, sign_in):
    for person in members[:4]:
        say(round, person, text="Mijn woorden.")
    say(round, members[4], "disagree", text=PRIVATE, only_for_chair=True)
    adopt(advice, saskia.person)
    round.refresh_from_db()
    assert round.totals == {"agree": 4, "agree_but": 0, "disagree": 1, "dont_know": 0, "silent": 4}
    assert not Opinion.objects.filter(only_for_chair=True).exists()
    assert Opinion.objects.count() == 4
    assert round.closed_at is not None
    assert PRIVATE not in page(sign_in(chair), "opinions", advice)
    assert not MinorityView.objects.filter(text=PRIVATE).exists()


def test_a_dropped_advice_forgets_as_well(round, fatma, advice, saskia):
    say(round, fatma.person, "disagree", text=PRIVATE, only_for_chair=True)
    deciding.drop(advice, reason="Niet nodig.", by=saskia.person)
    call_command("opinion_rounds")
    assert Opinion.objects.count() == 1
    call_command("opinion_rounds", "--apply")
    assert Opinion.objects.count() == 0
