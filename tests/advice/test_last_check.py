"""What is looked at before a text goes out: personal data, names, and attachments."""

from html import unescape

import pytest
from django.urls import reverse

from advice.actions.issuing import issue
from advice.actions.publishing import publish
from advice.last_check import attachment_points, points_of_draft, points_of_text
from advice.models import AdoptedText, Attachment, Letter, Publication
from advice.places import Place
from advice.states import AdviceState
from portal.access import Refused
from portal.models import AuditEvent
from portal.personal_data import find_personal_data, is_iban
from tests import factories
from tests.access.world import decide

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def adopted_with(council, authority, saskia, **text):
    advice = factories.AdviceFactory(council=council, authorities=[authority], state=AdviceState.ADOPTED)
    whole = {"subject": "Vervoer", "plain_summary": "Kort.", "sections": [], "recommendations": [], **text}
    decide(advice, saskia.person, whole)
    return advice


def section(words: str) -> dict:
    return {"sections": [{"heading": "Aanleiding", "html": f"<p>{words}</p>"}]}


# --- what is found ---


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rekening NL91 ABNA 0417 1643 00 van haar.", ["NL91 ABNA 0417 1643 00"]),
        ("Rekening NL91ABNA0417164301 klopt niet.", []),  # fails the check
        ("Zij woont Dorpsstraat 12, 1234 AB Testdorp.", ["12, 1234 AB"]),
        ("Postcode 1234 AB 12 is van hem.", ["1234 AB 12"]),
        ("In wijk 1234 AB wonen 300 mensen.", []),
        ("Volgens mevrouw De Wit en dhr. J. van der Berg kan het.", ["mevrouw De Wit", "dhr. J. van der Berg"]),
        ("Een mevrouw vertelde dat haar bus niet kwam.", []),
        ("Ons kenmerk is 123456789.", []),  # nine digits that fail the eleven test
        ("Zijn nummer is 111222333.", ["111222333"]),
        ("Zie art. 12 lid 3 van de wet van 2015, blz. 1234 en 5678.", []),
        ("Bel 0123-456789 of 06 12345678.", ["0123-456789", "06 12345678"]),
    ],
)
def test_what_is_personal_is_found_and_what_looks_like_it_is_not(text, found):
    assert [one.excerpt for one in find_personal_data(text)] == found


def test_names_that_the_portal_knows_are_found_as_whole_names():
    names = ["Fatma Yılmaz", "Jan de Bos", "Visser"]
    assert [one.excerpt for one in find_personal_data("Wij spraken met Fatma Yılmaz over Visser.", names)] == [
        "Fatma Yılmaz"
    ]
    assert find_personal_data("Jan de Bosman was er.", names) == []


def test_the_check_of_an_account_number():
    assert [is_iban(one) for one in ("NL91 ABNA 0417 1643 00", "NL91ABNA0417164301", "NL91")] == [True, False, False]


@pytest.mark.parametrize(
    ("words", "titles", "said"),
    [
        ("Zie bijlage 2.", ["Enquête"], ["De tekst noemt bijlage 2, maar die is er niet.",
                                         "“Enquête” gaat mee, maar de tekst noemt die bijlage niet."]),
        ("Zie bijlage 1.", ["Enquête"], []),
        ("Zie bijlagen 1 en 2.", ["Enquête", "Verslag"], []),
        ("Dit gaat als bijlage mee.", [], ["De tekst noemt een bijlage, maar die is er niet."]),
        ("Dit gaat als bijlage mee.", ["Enquête"], []),
        ("De uitkomst vindt u bijgevoegd.", [], ["De tekst noemt een bijlage, maar die is er niet."]),
        ("Volgens bijlage 3 van uw nota kan dit.", [], []),  # of somebody else
        ("Geen woord erover.", ["Enquête"], ["“Enquête” gaat mee, maar de tekst noemt die bijlage niet."]),
        ("Geen woord erover.", [], []),
    ],
)  # fmt: skip
def test_an_attachment_is_there_when_it_is_named_and_named_when_it_is_there(words, titles, said):
    assert [point.what for point in attachment_points([Place("Tekst", words)], titles)] == said


def test_members_and_officers_are_named_but_not_those_who_sign_or_get_the_letter(council, authority, saskia, fatma,
                                                                                  victor, chair, stijn):  # fmt: skip
    words = "Fatma Yılmaz, Chris Bakker, Victor Visser, Saskia de Wit en Stijn Jansen waren erbij."
    text = {
        **section(words), "attention_of": "t.a.v. Victor Visser",
        "signatories": [{"name": name, "role": "lid"} for name in ("Chris Bakker", "Saskia de Wit")],
    }  # fmt: skip
    assert [(point.what, point.place) for point in points_of_text(text, council)] == [
        ("Dit lijkt een naam: Fatma Yılmaz.", "Aanleiding")
    ]


def test_a_draft_says_where_it_can_be_mended(council, authority):
    advice = factories.AdviceFactory(council=council, authorities=[authority])
    part = factories.SectionFactory(advice=advice, text="<p>Bel 06 12345678. Zie de bijlage.</p>")
    Attachment.objects.create(advice=advice, council=council, title="Verslag", text="Wij waren er.")
    url = reverse("advice:edit_section", args=[council.slug, advice.public_id, part.public_id])
    assert [(point.place, point.url) for point in points_of_draft(advice)] == [("Aanleiding", url)]


# --- sending ---


def test_a_letter_with_points_goes_only_after_a_tick(council, authority, saskia, sign_in):
    advice = adopted_with(council, authority, saskia, **section("Bel Fatma op 06 12345678."))
    client, url = sign_in(saskia), reverse("advice:issue", args=[council.slug, advice.public_id])
    read = text_of(client.get(url))
    assert "Dit lijkt een telefoonnummer: 06 12345678." in read
    assert "Ik heb deze punten bekeken" in read
    assert reverse("advice:reopen", args=[council.slug, advice.public_id]) in read
    day = {"dated_on_day": "2", "dated_on_month": "9", "dated_on_year": "2026", "place": "Testdorp"}
    refused = client.post(url, day)
    assert refused.status_code == 422
    assert "Kijk eerst naar deze punten. Zet daarna het vinkje." in text_of(refused)
    assert not Letter.objects.exists()
    assert client.post(url, {**day, "looked_at": "on"}).status_code == 302
    assert Letter.objects.get().advice == advice
    event = AuditEvent.objects.get(event="letter.points_looked_at")
    assert "06 12345678" not in str(event.__dict__)


def test_the_verb_itself_refuses_without_a_tick(council, authority, saskia):
    advice = adopted_with(council, authority, saskia, **section("Zie bijlage 2."))
    with pytest.raises(Refused) as refused:
        issue(advice, by=saskia.person)
    assert refused.value.field == "looked_at"
    assert issue(advice, by=saskia.person, looked_at=True).reference


def test_a_letter_without_points_asks_no_tick(council, authority, saskia, sign_in):
    advice = adopted_with(council, authority, saskia, **section("Zie art. 12 lid 3. Ons kenmerk is 123456789."))
    read = text_of(sign_in(saskia).get(reverse("advice:issue", args=[council.slug, advice.public_id])))
    assert "Ik heb deze punten bekeken" not in read
    issue(advice, by=saskia.person)
    assert not AuditEvent.objects.filter(event="letter.points_looked_at").exists()


# --- making public ---


SHORT = {"for_whom": "Reizigers", "what_we_ask": "Korter wachten."}


@pytest.fixture
def letter(council, authority, saskia):
    advice = adopted_with(council, authority, saskia, **section("Bel 06 12345678."), plain_summary="")
    return issue(advice, by=saskia.person, looked_at=True)


def test_publishing_asks_for_a_summary_or_a_reason_and_for_the_tick(letter, saskia, sign_in):
    client, url = sign_in(saskia), reverse("advice:publish", args=[letter.council.slug, letter.public_id])
    nothing = text_of(client.post(url, {"looked_at": "on", **SHORT}))
    assert "Schrijf een samenvatting in gewone taal" in nothing
    no_tick = client.post(url, {"plain_summary": "Wij vragen een bus."})
    assert no_tick.status_code == 422
    assert "Wij vragen een bus." in text_of(no_tick)
    assert "#tekst-1" in text_of(no_tick)
    assert not Publication.objects.exists()
    assert client.post(url, {"without_summary_reason": "Te kort.", "looked_at": "on", **SHORT}).status_code == 302
    assert Publication.objects.get().without_summary_reason == "Te kort."
    assert AuditEvent.objects.filter(event="publication.points_looked_at").count() == 1


def test_what_is_personal_in_a_new_summary_is_a_point_too(council, authority, saskia):
    advice = adopted_with(council, authority, saskia, **section("Niets."), plain_summary="")
    letter = issue(advice, by=saskia.person)
    with pytest.raises(Refused) as refused:
        publish(letter, by=saskia.person, plain_summary="Mail naar jan@voorbeeld.test.")
    assert refused.value.field == "looked_at"
    assert publish(letter, by=saskia.person, plain_summary="Mail ons gerust.").plain_summary == "Mail ons gerust."


def test_the_summary_for_everyone_can_be_checked_without_publishing(letter, saskia, sign_in):
    url = reverse("advice:publish", args=[letter.council.slug, letter.public_id])
    read = text_of(sign_in(saskia).post(url, {"plain_summary": f"Wij {'zien ' * 33}dit conform.", "check": "1"}))
    assert "Een heel lange zin: 36 woorden." in read
    assert "<mark>conform</mark>" in read
    assert not Publication.objects.exists()
    assert AdoptedText.objects.count() == 1
