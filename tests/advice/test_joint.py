"""Joint letters: each other council adopts the very text, in its own room, with its own signatories."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from advice.actions.deciding import record_decision, reopen
from advice.actions.editorial import make_editorial
from advice.actions.issuing import issue
from advice.actions.joint import adopt_jointly, decline_jointly, register_jointly
from advice.actions.letter_details import details_of, save_details, seen_digest
from advice.joint import joint_standings, text_to_adopt, to_adopt
from advice.models import Advice, Comment, JointAdoption, Letter
from portal.access import Refused
from portal.models import AuditEvent, Message
from tests import factories
from tests.advice.letters import DECIDED_ON, adopted_advice
from tests.advice.test_issuing import fake_print  # noqa: F401
from tests.conftest import user_for

pytestmark = pytest.mark.django_db
SIGNING = [{"name": "Jo de Jong", "role": "voorzitter"}]


@pytest.fixture
def other(authority):
    council = factories.CouncilFactory(name="Cliëntenpanel Testdorp", slug="panel")
    factories.InstrumentFactory(council=council, title="Reglement van het panel")
    return council


@pytest.fixture
def jo(other):
    """The chair of the other council."""
    user = user_for("Jo de Jong", "jo@testdorp.test")
    factories.MembershipFactory(person=user.person, council=other, chair=True)
    return user


@pytest.fixture
def piet(other):
    """A member of the other council."""
    user = user_for("Piet Pietersen", "piet@testdorp.test")
    factories.MembershipFactory(person=user.person, council=other)
    return user


@pytest.fixture
def advice(council, authority, saskia, chair, other):
    draft = factories.AdviceFactory(council=council, authorities=[authority], subject="Samen over vervoer")
    draft.joint_with.add(other)
    factories.RecommendationFactory(advice=draft, number=1, text="Houd het busje.")
    record_decision(
        draft, outcome="adopted", present=1, in_favour=1, against=0, by=saskia.person, decided_on=timezone.localdate(),
        without_quorum_reason="Wij zijn met weinig.",
    )  # fmt: skip
    draft.refresh_from_db()
    return draft


def hash_of(advice) -> str:
    return text_to_adopt(advice).sha256


def adopt_it(advice, other, jo, **facts) -> JointAdoption:
    facts = {"decided_on": timezone.localdate(), "signatories": SIGNING, "seen": hash_of(advice), **facts}
    return adopt_jointly(advice, other, by=jo.person, **facts)


def edit(advice, by) -> None:
    text = text_to_adopt(advice).text
    words = [{"text": "Houd het busje, ook na 2026.", "reason": one["reason"]} for one in text["recommendations"]]
    make_editorial(
        advice, sections=[], recommendations=words, plain_summary=text["plain_summary"], reason="Duidelijker.",
        seen=hash_of(advice), by=by.person,
    )  # fmt: skip


def state(advice) -> list[str]:
    return [one.state for one in joint_standings(advice)]


def page(client, name, *args) -> str:
    response = client.get(reverse(f"advice:{name}", args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --- choosing them ----------------------------------------------------------


def test_the_leading_council_chooses_the_others_in_the_details(council, authority, saskia, other, sign_in):
    draft = factories.AdviceFactory(council=council, authorities=[authority])
    url = reverse("advice:edit_details", args=[council.slug, draft.public_id])
    client = sign_in(saskia)
    html = client.get(url).content.decode()
    assert "Met welke andere raden verstuurt u de brief?" in html and "Adviesraad Testdorp</label>" not in html
    data = {
        "subject": "Samen", "document": "advice", "tenor": "none", "authorities": [authority.pk],
        "joint_with": [other.pk], "seen": seen_digest(draft), "mening-TOTAL_FORMS": "0", "mening-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post(url, data).status_code == 302
    assert list(draft.joint_with.all()) == [other]
    own = client.post(url, {**data, "joint_with": [council.pk], "seen": seen_digest(Advice.objects.get())})
    assert own.status_code == 422


def test_the_verb_never_joins_a_council_with_itself(council, saskia):
    draft = factories.AdviceFactory(council=council)
    details = {**details_of(draft), "joint_with": [council.pk]}
    save_details(draft, details, seen=seen_digest(draft), by=saskia.person)
    assert not draft.joint_with.exists()


# --- asking -----------------------------------------------------------------


def test_who_leads_the_other_council_is_asked_at_home_and_by_mail(advice, jo, piet, other, sign_in, committing):
    assert not Message.objects.filter(kind="advice.joint_asked").exists()  # nobody led it yet: jo came after
    reopened = reopen(advice, reason="Nog een keer.", by=jo.person)
    with committing():
        record_decision(
            reopened, outcome="adopted", present=1, in_favour=1, against=0, by=jo.person,
            decided_on=timezone.localdate(), without_quorum_reason="Wij zijn met weinig.",
        )  # fmt: skip
    assert [one.person for one in Message.objects.filter(kind="advice.joint_asked")] == [jo.person]
    [sent] = [one for one in mail.outbox if "jo@testdorp.test" in one.to[0]]
    assert reverse("advice:joint", args=[other.slug, advice.public_id]) in sent.body
    home = sign_in(jo).get(reverse("councils:room", args=[other.slug])).content.decode()
    assert "Besluit over de gezamenlijke brief “Samen over vervoer”" in home
    assert "Besluit over" not in sign_in(piet).get(reverse("councils:room", args=[other.slug])).content.decode()


def test_the_other_council_reads_the_text_and_nothing_else(advice, jo, piet, other, council, sign_in, stijn, victor):
    Comment.objects.create(advice=advice, council=council, author=advice.decisions.get().recorded_by, text="GEHEIM")
    html = page(sign_in(piet), "joint", other.slug, advice.public_id)
    assert "Houd het busje." in html and "GEHEIM" not in html and "Onze raad stelt deze tekst vast" not in html
    assert "De voorzitter of de secretaris legt vast" in html
    assert "Onze raad stelt deze tekst vast" in page(sign_in(jo), "joint", other.slug, advice.public_id)
    url = reverse("advice:joint", args=[other.slug, advice.public_id])
    assert [sign_in(one).get(url).status_code for one in (stijn, victor)] == [404, 404]
    assert sign_in(jo).get(advice.get_absolute_url()).status_code == 404


def test_a_draft_is_not_there_for_the_other_council(advice, jo, other, sign_in):
    reopen(advice, reason="Fout.", by=jo.person)
    assert sign_in(jo).get(reverse("advice:joint", args=[other.slug, advice.public_id])).status_code == 404
    with pytest.raises(Refused, match="Adviesraad Testdorp heeft deze tekst nog niet vastgesteld"):
        adopt_it_now(advice, other, jo)


def adopt_it_now(advice, other, jo):
    adopt_jointly(advice, other, decided_on=timezone.localdate(), signatories=SIGNING, seen="", by=jo.person)


# --- deciding ---------------------------------------------------------------


def test_the_other_council_adopts_the_very_text(advice, other, jo, saskia, sign_in):
    data = dict(zip(("decided_on_day", "decided_on_month", "decided_on_year"), day_parts(), strict=True))
    data |= {"signatories": "Jo de Jong, voorzitter", "seen": hash_of(advice)}
    url = reverse("advice:adopt_jointly", args=[other.slug, advice.public_id])
    assert "Jo de Jong, voorzitter" in sign_in(jo).get(url).content.decode()

    assert sign_in(jo).post(url, data).status_code == 302

    row = JointAdoption.objects.get()
    assert (row.council, row.sha256, row.signatories, row.registered) == (other, hash_of(advice), SIGNING, False)
    assert state(advice) == ["adopted"] and to_adopt(other) == []
    assert AuditEvent.objects.get(event="joint.adopted").actor_id == jo.person.pk
    told = set(Message.objects.filter(kind="advice.joint_settled").values_list("person__name", flat=True))
    assert told == {"Saskia de Wit", "Chris Bakker"}


def day_parts() -> tuple[str, str, str]:
    today = timezone.localdate()
    return str(today.day), str(today.month), str(today.year)


def test_adopting_twice_is_once(advice, other, jo):
    assert adopt_it(advice, other, jo) == adopt_it(advice, other, jo)
    assert JointAdoption.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"signatories": []}, "signatories"),
        ({"decided_on": date(2099, 1, 1)}, "decided_on"),
        ({"seen": "0" * 64}, None),
    ],
)
def test_what_would_be_no_adoption_is_refused(advice, other, jo, facts, field):
    with pytest.raises(Refused) as refused:
        adopt_it(advice, other, jo, **facts)
    assert refused.value.field == field
    assert not JointAdoption.objects.exists()


def test_a_council_that_is_not_asked_cannot_adopt(advice, jo):
    stranger = factories.CouncilFactory()
    with pytest.raises(Refused, match="verstuurt dit advies niet mee"):
        adopt_it(advice, stranger, jo)


def test_no_goes_back_with_its_reason(advice, other, jo, saskia, sign_in):
    with pytest.raises(Refused):
        decline_jointly(advice, other, reason=" ", seen=hash_of(advice), by=jo.person)
    decline_jointly(advice, other, reason="Het plan is te duur.", seen=hash_of(advice), by=jo.person)

    assert state(advice) == ["declined"] and to_adopt(other) == []
    assert "Het plan is te duur." in page(sign_in(saskia), "detail", advice.council.slug, advice.public_id)
    assert AuditEvent.objects.filter(event="joint.declined").count() == 1
    with pytest.raises(Refused, match="nog niet vastgesteld door: Cliëntenpanel Testdorp"):
        issue(advice, by=saskia.person, looked_at=True)
    adopt_it(advice, other, jo)  # it may think again
    assert state(advice) == ["adopted"]


def test_a_newer_text_has_to_be_adopted_again(advice, other, jo, saskia):
    adopt_it(advice, other, jo)
    edit(advice, saskia)

    assert state(advice) == ["stale"] and to_adopt(other) == [advice]
    with pytest.raises(Refused, match="nog niet vastgesteld door"):
        issue(advice, by=saskia.person, looked_at=True)
    asked = Message.objects.filter(kind="advice.joint_asked", person=jo.person)
    assert asked.count() == 1  # for the newer text; jo led the council only after the first
    adopt_it(advice, other, jo)
    assert state(advice) == ["adopted"]


def test_the_leading_secretary_registers_a_council_without_the_portal(advice, other, saskia):
    day = timezone.localdate()
    with pytest.raises(Refused) as refused:
        register_jointly(advice, other, decided_on=day, signatories=SIGNING, proof=" ", by=saskia.person)
    assert refused.value.field == "proof"
    row = register_jointly(advice, other, decided_on=day, signatories=SIGNING, proof="Mail.", by=saskia.person)
    assert (row.registered, row.proof, state(advice)) == (True, "Mail.", ["adopted"])


def test_a_council_in_the_portal_speaks_for_itself(advice, other, jo, saskia):
    with pytest.raises(Refused, match="werkt in het portaal"):
        register_jointly(
            advice, other, decided_on=timezone.localdate(), signatories=SIGNING, proof="Mail.", by=saskia.person
        )
    assert not JointAdoption.objects.exists()


# --- sending ----------------------------------------------------------------


def test_the_letter_waits_for_every_council(advice, other, jo, saskia, sign_in):
    with pytest.raises(Refused, match="nog niet vastgesteld door: Cliëntenpanel Testdorp"):
        issue(advice, by=saskia.person, looked_at=True)
    assert not Letter.objects.exists()
    adopt_it(advice, other, jo)

    letter = issue(advice, by=saskia.person, looked_at=True)

    day = timezone.localdate().isoformat()
    assert [one["name"] for one in letter.text["senders"]] == ["Adviesraad Testdorp", "Cliëntenpanel Testdorp"]
    assert letter.text["signatories"] == [
        {"name": "Chris Bakker", "role": "voorzitter"},
        {"name": "Saskia de Wit", "role": "secretaris"},
        {"name": "Jo de Jong", "role": "voorzitter", "council": "Cliëntenpanel Testdorp", "adopted_on": day},
    ]
    with pytest.raises(Refused, match="al verstuurd"):
        decline_jointly(advice, other, reason="Toch niet.", seen="", by=jo.person)


def test_home_asks_to_send_it_only_when_every_council_has_adopted_it(advice, other, jo, council, saskia, sign_in):
    home = reverse("councils:room", args=[council.slug])
    assert "wacht op een andere adviesraad" in sign_in(saskia).get(home).text
    assert "Nummer geven en versturen" not in sign_in(saskia).get(home).text

    adopt_it(advice, other, jo)

    assert "Nummer geven en versturen" in sign_in(saskia).get(home).text
    assert "wacht op een andere adviesraad" not in sign_in(saskia).get(home).text


def test_the_letter_is_not_older_than_the_decision_of_the_other_council(council, authority, saskia, other, jo):
    advice = adopted_advice(council, authority, saskia.person)
    advice.joint_with.add(other)
    adopt_it(advice, other, jo, decided_on=DECIDED_ON + timedelta(days=5))
    with pytest.raises(Refused) as refused:
        issue(advice, by=saskia.person, dated_on=DECIDED_ON + timedelta(days=4))
    assert refused.value.field == "dated_on"
    assert issue(advice, by=saskia.person, dated_on=DECIDED_ON + timedelta(days=5))


def test_the_sent_letter_is_in_the_room_of_the_other_council(
    advice, other, jo, piet, saskia, sign_in, committing, fake_print  # noqa: F811
):  # fmt: skip
    kees = user_for("Kees Kok", "kees@testdorp.test")
    factories.MembershipFactory(person=kees.person, council=other, secretary=True)
    adopt_it(advice, other, jo)
    with committing():
        letter = issue(advice, by=saskia.person, looked_at=True)

    url = reverse("advice:joint", args=[other.slug, advice.public_id])
    assert url in page(sign_in(piet), "list", other.slug)
    html = page(sign_in(piet), "joint", other.slug, advice.public_id)
    assert letter.reference in html and "Jo de Jong, voorzitter (Cliëntenpanel Testdorp)" in html
    pdf = sign_in(piet).get(reverse("advice:joint_pdf", args=[other.slug, advice.public_id, "testdorp"]))
    assert b"".join(pdf).startswith(b"%PDF")
    [receipt] = [one for one in mail.outbox if "kees@testdorp.test" in one.to[0]]
    assert url in receipt.body and "secretaris bent van Cliëntenpanel" in " ".join(receipt.body.split())
    assert [name for name, _data, _kind in receipt.attachments] == [f"{letter.slug}.pdf"]


def test_a_letter_of_one_council_asks_nobody(council, authority, saskia, chair):
    letter = issue(adopted_advice(council, authority, saskia.person), by=saskia.person)
    assert [one.get("council") for one in letter.text["signatories"]] == [None, None]
    assert not Message.objects.filter(kind__startswith="advice.joint").exists()
