"""A letter about an earlier one: supplement, correction, withdrawal, reply. The first letter stays as it was sent."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from advice.actions.answer_drafts import save_response_draft
from advice.actions.answering import AnswerGiven, give_response, register_response
from advice.actions.deciding import drop
from advice.actions.issuing import issue
from advice.actions.linking import start_linked
from advice.actions.publishing import publish
from advice.answered import standing_of
from advice.figures import figures_of
from advice.models import AnswerMark, Letter, LetterCopy, MinorityView, Response
from advice.states import DocumentKind, Mark, Relation, ResponseState, Verdict
from portal.access import Refused
from portal.models import AuditEvent
from tests import factories
from tests.advice.answers import answered, sent
from tests.advice.letters import adopt
from tests.advice.test_issuing import fake_print  # noqa: F401

pytestmark = pytest.mark.django_db
GIVEN = {"dated_on": timezone.localdate(), "decided_on": timezone.localdate()}


@pytest.fixture
def copy(council, authority, saskia, chair) -> LetterCopy:
    return sent(council, authority, saskia, published=True)


@pytest.fixture
def letter(copy) -> Letter:
    return copy.letter


def follow(letter: Letter, relation: str, by) -> Letter:
    """The later letter, written, decided on and sent."""
    advice = start_linked(letter, relation, by=by.person)
    section = advice.sections.first()
    section.text = section.text or "<p>Het contract is verlengd.</p>"
    section.save()
    adopt(advice, by.person)
    return issue(advice, by=by.person, looked_at=True)


def page(client, name: str, *args) -> str:
    response = client.get(reverse(f"advice:{name}", args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def response_on(copy: LetterCopy) -> Response:
    return Response.objects.get(copy=copy)


def again(copy: LetterCopy) -> LetterCopy:
    return LetterCopy.objects.select_related("letter", "authority", "response").get(pk=copy.pk)


# --- starting ---------------------------------------------------------------


def test_a_supplement_begins_with_the_parts_of_a_supplement(letter, saskia, authority):
    advice = start_linked(letter, Relation.SUPPLEMENT, by=saskia.person)

    assert (advice.concerns, advice.relation, advice.document) == (letter, "supplement", DocumentKind.SUPPLEMENT)
    assert advice.subject == f"Aanvulling op brief {letter.reference}: Vervoer naar dagbesteding"
    assert [one.heading for one in advice.sections.all()] == [
        "Ons eerdere advies",
        "Wat er nieuw is",
        "Wat wij toevoegen",
    ]
    assert list(advice.authorities.all()) == [authority]


def test_a_correction_begins_with_the_text_as_it_was_sent(letter, saskia, fatma):
    first = letter.advice
    first.recommendations.update(text="Iets heel anders.")  # the draft is not the record
    MinorityView.objects.create(
        advice=first, council=first.council, by="Een lid", text="Ik wil dit niet.", author=fatma.person
    )

    advice = start_linked(letter, Relation.CORRECTION, by=saskia.person)

    assert advice.document == DocumentKind.ADVICE
    assert [one.text for one in advice.recommendations.all()] == ["Houd het busje.", "Betaal vrijwilligers."]
    assert [one.rests_on.count() for one in advice.recommendations.all()] == [1, 0]
    assert [(one.heading, one.text) for one in advice.sections.all()] == [
        (part["heading"], part["html"]) for part in letter.text["sections"]
    ]
    assert [(one.text, one.author) for one in advice.minority_views.all()] == [("Ik wil dit niet.", fatma.person)]


def test_a_correction_carries_the_request_and_no_new_last_day(council, authority, saskia, chair):
    asked = factories.CouncilRequestFactory(
        council=council, accepted=True,
        request=factories.AdviceRequestFactory(authority=authority, submitted=True, reference="Z-12"),
    )  # fmt: skip
    copy = sent(council, authority, saskia, request=asked)

    later = follow(copy.letter, Relation.CORRECTION, saskia)

    assert later.text["request"] == copy.letter.text["request"]
    assert (later.advice.request, later.copies.get().your_reference) == (None, "Z-12")


def test_a_withdrawal_asks_only_why(letter, saskia):
    advice = start_linked(letter, Relation.WITHDRAWAL, by=saskia.person)

    assert [one.heading for one in advice.sections.all()] == ["Waarom wij deze brief intrekken"]
    assert (advice.document, advice.recommendations.count()) == (DocumentKind.SUPPLEMENT, 0)


def test_a_reply_has_a_part_for_each_answer_that_was_no_answer(copy, victor, saskia):
    with pytest.raises(Refused, match="Er is nog geen antwoord"):
        start_linked(copy.letter, Relation.COUNTER_RESPONSE, by=saskia.person)
    response = answered(copy, victor)
    marks = {1: (Mark.ANSWERED, ""), 2: (Mark.NOT_ANSWERED, "Hoeveel kost het dan?")}
    for answer in response.answers.all():
        mark, note = marks[answer.number]
        AnswerMark.objects.create(
            answer=answer, council=copy.council, mark=mark, note=note, marked_on=timezone.localdate(),
            marked_by=saskia.person,
        )  # fmt: skip

    advice = start_linked(copy.letter, Relation.COUNTER_RESPONSE, by=saskia.person)

    assert advice.document == DocumentKind.COUNTER_RESPONSE
    assert [(one.heading, one.text) for one in advice.sections.all()] == [
        ("Aanbeveling 2", "<p>Hoeveel kost het dan?</p>")
    ]
    assert "Dit is te duur." in advice.sections.get().hint


def test_one_that_ends_a_letter_at_a_time(letter, saskia):
    draft = start_linked(letter, Relation.WITHDRAWAL, by=saskia.person)
    for relation in (Relation.WITHDRAWAL, Relation.CORRECTION):
        with pytest.raises(Refused, match="Hiervoor is er al een concept"):
            start_linked(letter, relation, by=saskia.person)
    start_linked(letter, Relation.SUPPLEMENT, by=saskia.person)
    drop(draft, reason="Toch niet.", by=saskia.person)
    assert start_linked(letter, Relation.CORRECTION, by=saskia.person).relation == "correction"


def test_a_letter_is_withdrawn_once(letter, saskia):
    later = follow(letter, Relation.WITHDRAWAL, saskia)

    for relation in (Relation.WITHDRAWAL, Relation.CORRECTION, Relation.SUPPLEMENT):
        with pytest.raises(Refused, match=f"al ingetrokken, met brief {later.reference}"):
            start_linked(letter, relation, by=saskia.person)
    with pytest.raises(Refused, match="U kunt hem alleen aanvullen"):
        start_linked(later, Relation.WITHDRAWAL, by=saskia.person)


def test_a_supplement_of_a_letter_that_was_withdrawn_meanwhile_does_not_go(letter, saskia):
    supplement = start_linked(letter, Relation.SUPPLEMENT, by=saskia.person)
    supplement.sections.update(text="<p>Nog iets.</p>")
    adopt(supplement, saskia.person)
    follow(letter, Relation.WITHDRAWAL, saskia)

    with pytest.raises(Refused, match="al ingetrokken"):
        issue(supplement, by=saskia.person, looked_at=True)
    assert Letter.objects.count() == 2


# --- sending ----------------------------------------------------------------


def test_the_later_letter_says_in_its_frozen_text_what_it_is_about(letter, saskia):
    before = Letter.objects.values().get(pk=letter.pk)

    later = follow(letter, Relation.WITHDRAWAL, saskia)

    assert (later.concerns, later.relation) == (letter, "withdrawal")
    assert later.text["concerns"] == {
        "relation": "withdrawal", "reference": letter.reference, "date": letter.dated_on.isoformat(),
        "subject": "Vervoer naar dagbesteding", "public_id": str(letter.public_id),
    }  # fmt: skip
    assert Letter.objects.values().get(pk=letter.pk) == before
    assert "concerns" not in letter.text


def test_a_withdrawal_ends_the_wait_and_asks_for_no_answer(copy, saskia, victor):
    save_response_draft(copy, {"text": "Concept van de gemeente"}, version=0, by=victor.person)

    later = follow(copy.letter, Relation.WITHDRAWAL, saskia)

    response = response_on(copy)
    assert (response.state, response.draft) == (ResponseState.LAPSED, {"text": "Concept van de gemeente"})
    own = later.copies.get()
    assert (own.response_due_on, later.text["response_due"]) == (None, [])
    assert list(LetterCopy.objects.unanswered()) == []
    assert standing_of(again(copy), copy.letter).state == standing_of(again(own), later).state == "lapsed"
    assert AuditEvent.objects.filter(event="response.lapsed", object_id=response.pk).count() == 1


def test_a_correction_starts_its_own_term(copy, saskia):
    later = follow(copy.letter, Relation.CORRECTION, saskia)

    assert response_on(copy).state == ResponseState.LAPSED
    assert later.copies.get().response_due_on == copy.response_due_on
    assert list(LetterCopy.objects.unanswered()) == [later.copies.get()]


def test_a_supplement_ends_nothing(copy, saskia):
    later = follow(copy.letter, Relation.SUPPLEMENT, saskia)

    assert not Response.objects.filter(copy=copy).exists()
    assert set(LetterCopy.objects.unanswered()) == {copy, later.copies.get()}


def test_an_answer_that_was_given_stays(copy, saskia, victor):
    given = answered(copy, victor)
    follow(copy.letter, Relation.CORRECTION, saskia)
    given.refresh_from_db()
    assert given.state == ResponseState.FINAL


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        (Relation.WITHDRAWAL, "heeft deze brief ingetrokken, met brief 2026-02"),
        (Relation.CORRECTION, "Brief 2026-02 kwam"),
    ],
)
def test_the_authority_is_sent_on_to_the_later_letter(copy, saskia, victor, relation, words):
    follow(copy.letter, relation, saskia)
    with pytest.raises(Refused, match=words):
        give_response(copy, answers=[], text="Nee.", by=victor.person, **GIVEN)
    with pytest.raises(Refused, match=words):
        save_response_draft(copy, {"text": "Nee."}, version=0, by=victor.person)
    with pytest.raises(Refused, match=words):
        register_response(copy, answers=[], text="Nee.", dated_on=timezone.localdate(), by=saskia.person)
    assert response_on(copy).state == ResponseState.LAPSED


def test_what_the_authority_wrote_before_it_is_still_put_on_file(copy, saskia):
    advice = start_linked(copy.letter, Relation.WITHDRAWAL, by=saskia.person)
    advice.sections.update(text="<p>Fout.</p>")
    adopt(advice, saskia.person)
    issue(advice, by=saskia.person, looked_at=True, dated_on=timezone.localdate() + timedelta(days=3))

    answers = [AnswerGiven(1, Verdict.ADOPTED), AnswerGiven(2, Verdict.ADOPTED)]
    given = register_response(copy, answers=answers, text="Goed.", dated_on=timezone.localdate(), by=saskia.person)

    assert given.state == ResponseState.FINAL


def test_the_mail_of_a_withdrawal_says_so_and_asks_nothing(letter, saskia, fake_print, committing):  # noqa: F811
    with committing():
        follow(letter, Relation.WITHDRAWAL, saskia)
        mail.outbox.clear()
    [sent_mail] = [one for one in mail.outbox if "bestuur@testdorp.test" in one.to[0]]
    for body in (sent_mail.body, sent_mail.alternatives[0][0]):
        assert f"Met deze brief is brief {letter.reference} van" in " ".join(body.split())
        assert "U hoeft niet te antwoorden." in body and "bij elke aanbeveling" not in body
    assert fake_print[-1]["concerns"]["reference"] == letter.reference


# --- what is shown ----------------------------------------------------------


def test_every_page_of_the_first_letter_says_that_it_was_withdrawn(client, copy, saskia, victor, sign_in):
    letter, council = copy.letter, copy.council
    later = follow(letter, Relation.WITHDRAWAL, saskia)
    said = f"Deze brief is ingetrokken, met brief {later.reference} van"

    room = page(sign_in(saskia), "letter", council.slug, letter.public_id)
    desk = page(sign_in(victor), "desk_letter", copy.authority.slug, copy.public_id)
    hidden = page(client, "public", council.slug, letter.slug)
    publish(later, by=saskia.person, without_summary_reason="Kort.", looked_at=True)
    public = page(client, "public", council.slug, letter.slug)

    assert said in room and "Deze brief is openbaar, maar brief" in room
    assert said in desk and "Antwoord schrijven" not in desk
    assert "Deze brief is ingetrokken op" in hidden and later.reference not in hidden
    assert said in public and reverse("advice:public", args=[council.slug, later.slug]) in public
    assert 'rel="canonical"' not in public
    assert f"Met deze brief is brief {letter.reference}" in page(client, "public", council.slug, later.slug)


def test_search_engines_go_to_the_letter_that_took_its_place(client, letter, saskia):
    council = letter.council
    later = follow(letter, Relation.CORRECTION, saskia)
    assert 'rel="canonical"' not in page(client, "public", council.slug, letter.slug)

    publish(later, by=saskia.person, without_summary_reason="Kort.", looked_at=True)

    public = page(client, "public", council.slug, letter.slug)
    assert '<link rel="canonical" href="http' in public
    assert f'{reverse("advice:public", args=[council.slug, later.slug])}">' in public


def test_a_supplement_that_is_not_public_is_not_told(client, letter, saskia):
    later = follow(letter, Relation.SUPPLEMENT, saskia)
    council = letter.council

    assert later.reference not in page(client, "public", council.slug, letter.slug)
    assert "Aangevuld" not in page(client, "public_list", council.slug)
    publish(later, by=saskia.person, without_summary_reason="Kort.", looked_at=True)
    assert f"Brief {later.reference} van" in page(client, "public", council.slug, letter.slug)
    assert "Aangevuld" in page(client, "public_list", council.slug)


@pytest.mark.parametrize(
    ("relation", "badge"),
    [(Relation.WITHDRAWAL, "Ingetrokken"), (Relation.CORRECTION, "Vervangen"), (Relation.SUPPLEMENT, "Aangevuld")],
)
def test_every_list_has_a_badge(client, copy, saskia, victor, sign_in, relation, badge):
    def lists() -> list[str]:
        found = [page(sign_in(saskia), "list", copy.council.slug)]
        found.append(page(client, "public_list", copy.council.slug))
        url = reverse("advice:desk_list", args=[copy.authority.slug])
        tabs = [sign_in(victor).get(f"{url}?lijst={tab}").content.decode() for tab in ("open", "vervallen")]
        return [*found, "".join(tabs)]

    assert [f">{badge}" in html or f"</svg>{badge}" in html for html in lists()] == [False] * 3
    later = follow(copy.letter, relation, saskia)
    publish(later, by=saskia.person, without_summary_reason="Kort.", looked_at=True)
    assert [f"</svg>{badge}" in html for html in lists()] == [True] * 3


def test_the_dossier_says_it(copy, saskia, sign_in):
    later = follow(copy.letter, Relation.WITHDRAWAL, saskia)
    html = page(sign_in(saskia), "detail", copy.council.slug, copy.letter.advice.public_id)
    assert "</svg>Ingetrokken" in html and "Het college heeft geantwoord" not in html
    html = page(sign_in(saskia), "detail", copy.council.slug, later.advice.public_id)
    assert "Antwoord ontvangen" not in html


# --- figures ----------------------------------------------------------------


def test_the_figures_do_not_wait_for_what_was_withdrawn(copy, saskia):
    year = timezone.localdate().year

    def counts() -> dict[str, int]:
        return {one.kind.slug: one.count for group in figures_of(copy.council, year) for one in group}

    before = counts()
    follow(copy.letter, Relation.WITHDRAWAL, saskia)
    after = counts()
    names = ["adviezen", "advies-vervallen", "vervolgbrieven", "nog-geen-antwoord", "antwoord-vervallen"]
    assert [before[name] for name in names] == [1, 0, 0, 1, 0]
    assert [after[name] for name in names] == [1, 1, 1, 0, 2]


# --- the page ---------------------------------------------------------------


def test_the_page_starts_the_draft_and_says_why_not(letter, saskia, fatma, sign_in):
    client = sign_in(saskia)
    url = reverse("advice:write_after", args=[letter.council.slug, letter.public_id])
    assert "Er is nog geen antwoord op deze brief." in " ".join(client.get(url).content.decode().split())

    response = client.post(url, {"relation": "withdrawal"})

    draft = letter.drafts_about.get()
    assert response.url == draft.get_absolute_url()
    refused = client.post(url, {"relation": "withdrawal"})
    assert refused.status_code == 409 and "Hiervoor is er al een concept" in refused.content.decode()
    assert letter.drafts_about.count() == 1
    assert client.post(url, {"relation": "onzin"}).status_code == 409
    assert "Een brief over deze brief" not in page(sign_in(fatma), "letter", letter.council.slug, letter.public_id)
    assert sign_in(fatma).get(url).status_code == 403
