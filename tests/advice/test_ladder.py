"""When no answer comes: what is offered on which day, and the letters that go."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from advice import ladder as ladder_module
from advice.actions.escalating import send_ladder_letter
from advice.actions.extending import extend_response
from advice.answered import standing_of
from advice.frozen import digest
from advice.ladder import FROM_DAY, ladder_of, offered, steps_for
from advice.ladder_print import print_ladder_letter
from advice.ladder_text import ready_text
from advice.models import LadderLetter, LetterCopy
from advice.states import LadderKind
from councils.states import AuthorityRole
from portal.access import Refused
from portal.models import Message
from portal.tasks import deliver
from tests import factories
from tests.advice.answers import answered, sent
from tests.printing import text as words_of
from tests.verapdf import broken_rules

DUE = date(2026, 10, 28)
REMINDER, ALDERMAN, CLERK, EVALUATION = LadderKind
# Days after the last day: what the public page says, and which step is offered when every offer is taken at once.
BY_HAND = [
    (-15, "uiterlijk 28 oktober 2026", None),
    (-1, "uiterlijk 28 oktober 2026", None),
    (0, "uiterlijk 28 oktober 2026", None),
    (1, "1 dag geleden", REMINDER),
    (2, "2 dagen geleden", None),
    (13, "13 dagen geleden", None),
    (14, "14 dagen geleden", ALDERMAN),
    (15, "15 dagen geleden", None),
    (27, "27 dagen geleden", None),
    (28, "28 dagen geleden", CLERK),
    (41, "41 dagen geleden", None),
    (42, "42 dagen geleden", EVALUATION),
    (43, "43 dagen geleden", None),
    (60, "60 dagen geleden", None),
]


@pytest.fixture
def copy(council, authority, saskia) -> LetterCopy:
    instrument = council.instruments.get()
    instrument.rules["response_term"] = {"weeks": 8}
    instrument.save()
    with time_machine.travel("2026-09-02 12:00:00+02:00"):
        return sent(council, authority, saskia)


def fresh(copy: LetterCopy) -> LetterCopy:
    return LetterCopy.objects.select_related("letter__council", "council", "authority", "response").get(pk=copy.pk)


def walked(copy: LetterCopy, by) -> list[tuple[int, str, LadderKind | None]]:
    """Each day of the table in turn, taking what is offered."""
    seen = []
    for days, words, _step in BY_HAND:
        with time_machine.travel(DUE + timedelta(days=days), tick=False):
            now = fresh(copy)
            sentence = standing_of(now, now.letter).sentence
            step = ladder_of(now, list(LadderLetter.objects.filter(copy=copy)), may=True).offered
            seen.append((days, words if words in sentence else sentence, step))
            if step:
                take(now, step, by)
    return seen


def take(copy: LetterCopy, kind: str, by) -> LadderLetter:
    ready = ready_text(copy, kind, on=DUE + timedelta(days=60))
    return send_ladder_letter(copy, kind, subject=ready["subject"], paragraphs=ready["paragraphs"], by=by)


def test_the_days_of_the_ladder_are_those_of_the_table(copy, saskia):
    assert walked(copy, saskia.person) == BY_HAND
    assert list(LadderLetter.objects.order_by("pk").values_list("kind", flat=True)) == list(LadderKind)


def test_control_another_day_is_seen(copy, saskia, monkeypatch):
    monkeypatch.setitem(ladder_module.FROM_DAY, ALDERMAN, 15)

    assert walked(copy, saskia.person) != BY_HAND


def test_a_step_that_was_left_out_is_not_offered_again():
    steps = list(LadderKind)

    assert offered(steps, due=DUE, today=DUE + timedelta(days=30), taken={ALDERMAN}) == CLERK
    assert offered(steps, due=DUE, today=DUE + timedelta(days=30), taken=set()) == REMINDER
    assert offered(steps, due=None, today=DUE, taken=set()) is None
    assert list(FROM_DAY) == steps


def test_more_time_and_an_answer_stop_the_ladder(copy, victor, saskia):
    with time_machine.travel(DUE + timedelta(days=5), tick=False):
        assert ladder_of(fresh(copy), [], may=True).offered == REMINDER
        until = DUE + timedelta(days=30)
        extend_response(copy, until=until, reason="Er is overleg nodig.", by=victor.person, anyway=True)
        assert ladder_of(fresh(copy), [], may=True).offered is None
        with pytest.raises(Refused, match="nog niet voorbij"):
            take(fresh(copy), REMINDER, saskia.person)
    with time_machine.travel(until + timedelta(days=1), tick=False):
        assert ladder_of(fresh(copy), [], may=True).offered == REMINDER
        answered(copy, victor)
        assert ladder_of(fresh(copy), [], may=True).offered is None
        with pytest.raises(Refused, match="al een antwoord"):
            take(fresh(copy), REMINDER, saskia.person)
    assert not LadderLetter.objects.exists()


def test_a_joint_authority_has_no_clerk(copy):
    copy.authority.kind = "joint_authority"

    assert steps_for(copy) == [REMINDER, ALDERMAN, EVALUATION]


@time_machine.travel("2026-12-20")
def test_a_letter_is_frozen_once(copy, saskia):
    first = take(fresh(copy), REMINDER, saskia.person)

    again = send_ladder_letter(copy, REMINDER, subject="Anders", paragraphs=["Anders"], by=saskia.person)

    assert again == first and digest(first.text) == first.sha256
    assert first.text["subject"] == "Herinnering: uw antwoord op ons advies 2026-01"
    assert "60 dagen te laat" in first.text["paragraphs"][1]
    assert Message.objects.get(kind="advice.ladder").person == copy.authority.office


@time_machine.travel("2026-12-20")
def test_it_goes_to_the_alderman_and_to_the_clerk_by_name(copy, saskia, authority):
    lotte = factories.PersonFactory(name="Lotte Alderman", email="lotte@testdorp.test")
    arend = factories.PersonFactory(name="Arend Griffier", email="arend@testdorp.test")
    factories.AppointmentFactory(person=lotte, authority=authority, role=AuthorityRole.ALDERMAN)
    factories.AppointmentFactory(person=arend, authority=authority, role=AuthorityRole.CLERK)

    to_alderman = take(fresh(copy), ALDERMAN, saskia.person)
    to_clerk = take(fresh(copy), CLERK, saskia.person)

    assert to_alderman.text["salutation"] == "Geachte Lotte Alderman,"
    assert to_clerk.text["addressee"][:2] == ["Gemeenteraad van Testdorp", "t.a.v. de griffie"]
    who = dict(Message.objects.filter(kind="advice.ladder").values_list("about_id", "person__name"))
    assert who == {to_alderman.pk: "Lotte Alderman", to_clerk.pk: "Arend Griffier"}


@time_machine.travel("2026-12-20")
def test_the_mail_waits_for_its_pdf_and_brings_it(copy, saskia, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        letter = take(fresh(copy), REMINDER, saskia.person)
    message = Message.objects.get(kind="advice.ladder")
    Message.objects.filter(pk=message.pk).update(next_try_at="2026-12-01T00:00:00+00:00")

    assert deliver(message.pk) == "waiting" and mail.outbox == []

    from advice.tasks import render_ladder

    render_ladder(letter.pk)
    Message.objects.filter(pk=message.pk).update(next_try_at="2026-12-01T00:00:00+00:00")
    assert deliver(message.pk) == "sent"
    (name, content, kind) = mail.outbox[0].attachments[0]
    assert (name, kind) == ("reminder-2026-01.pdf", "application/pdf")
    assert "60 dagen te laat" in words_of(content)


@time_machine.travel("2026-12-20")
def test_the_page_has_the_letter_ready_and_keeps_what_is_typed(copy, saskia, chair, fatma, victor, sign_in, council):
    url = reverse("advice:ladder", args=[council.slug, copy.public_id, "reminder"])
    page = sign_in(saskia).get(url).text
    assert "Herinnering: uw antwoord op ons advies 2026-01" in page and "53 dagen te laat" in page

    wrong = sign_in(saskia).post(url, {"subject": "", "text": "Wij wachten."})
    assert wrong.status_code == 422 and "Vul het onderwerp in." in wrong.text and "Wij wachten." in wrong.text

    right = sign_in(chair).post(url, {"subject": "Herinnering", "text": "Wij wachten.\n\nDank u."})
    assert right.status_code == 302
    assert LadderLetter.objects.get().text["paragraphs"] == ["Wij wachten.", "Dank u."]
    room = sign_in(saskia).get(reverse("advice:letter", args=[council.slug, copy.letter.public_id])).text
    assert "Brief aan de wethouder" in room and "20 december 2026" in room
    assert sign_in(fatma).get(url).status_code == 403


@pytest.mark.verapdf
@time_machine.travel("2026-12-20")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_all_four_pass_both_standards(copy, saskia, tmp_path):
    files = []
    for kind in LadderKind:
        letter = take(fresh(copy), kind, saskia.person)
        if kind == EVALUATION:
            letter.text["paragraphs"] += ["<script>alert(1)</script> Łukasik Ş " + "x" * 300] * 40
        made = print_ladder_letter(letter)
        files.append(tmp_path / f"{kind}.pdf")
        files[-1].write_bytes(made)
        assert letter.text["subject"] in words_of(made)
    assert "<script>alert(1)</script>" in words_of(made)
    assert broken_rules(*files) == {}


@time_machine.travel("2026-12-20")
def test_a_letter_that_is_no_advice_is_not_called_one(copy):
    copy = fresh(copy)
    copy.letter.text |= {"document": "questions", "recommendations": []}

    ready = [ready_text(copy, kind, on=date(2026, 12, 20)) for kind in LadderKind]

    said = " ".join(" ".join([one["subject"], *one["paragraphs"]]) for one in ready)
    assert "onze brief 2026-01" in said and "ons advies" not in said and "aanbeveling" not in said
    copy.letter.text |= {"document": "advice", "recommendations": [{"text": "Houd het busje."}]}
    assert "Geef per aanbeveling aan" in ready_text(copy, REMINDER, on=date(2026, 12, 20))["paragraphs"][-1]
