"""The pages of the steps: the button of the civil servant, what the secretary registers, and what both see."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from advice.actions.steps import record_step
from advice.models import LetterStep
from councils.states import AuthorityRole
from portal.models import Message
from portal.states import MessageState
from tests import factories
from tests.advice.answers import sent

TODAY = timezone.localdate()


def day_of(day):
    return {"happened_on_day": day.day, "happened_on_month": day.month, "happened_on_year": day.year}


@pytest.fixture
def copy(council, authority, saskia):
    return sent(council, authority, saskia, plain_summary="Kort.")


@pytest.fixture
def desk(sign_in, victor):
    return sign_in(victor)


@pytest.fixture
def room(sign_in, saskia):
    return sign_in(saskia)


def at_desk(name, copy, *args):
    return reverse(f"advice:{name}", args=[copy.authority.slug, copy.public_id, *args])


def in_room(name, copy, *args):
    return reverse(f"advice:{name}", args=[copy.council.slug, copy.public_id, *args])


def letter_page(copy):
    return reverse("advice:letter", args=[copy.council.slug, copy.letter.public_id])


def test_one_button_confirms_the_receipt_and_both_see_it(copy, desk, room):
    assert "Ontvangst is nog niet bevestigd" in room.get(letter_page(copy)).content.decode()
    page = desk.get(at_desk("desk_letter", copy)).content.decode()
    assert f'action="{at_desk("confirm_receipt", copy)}"' in page

    desk.post(at_desk("confirm_receipt", copy))
    desk.post(at_desk("confirm_receipt", copy))

    assert LetterStep.objects.filter(kind="received", by_council=False).count() == 1
    for page in (desk.get(at_desk("desk_letter", copy)), room.get(letter_page(copy))):
        html = page.content.decode()
        assert "Ontvangen op" in html and "Vastgelegd door Gemeente Testdorp" in html
        assert "Ontvangst is nog niet bevestigd" not in html


def test_the_secretary_needs_proof_and_keeps_what_was_typed(copy, room):
    url = in_room("record_step", copy, "aangeboden")
    response = room.post(url, {**day_of(TODAY), "link": ""})
    assert response.status_code == 422
    html = response.content.decode()
    assert "Schrijf hoe wij dit weten." in html and f'value="{TODAY.year}"' in html
    assert not LetterStep.objects.exists()

    upload = SimpleUploadedFile("besluitenlijst.pdf", b"%PDF-1.7 lijst")
    assert room.post(url, {**day_of(TODAY), "upload": upload}).status_code == 302
    step = LetterStep.objects.get()
    assert step.by_council
    file_url = in_room("step_file", copy, step.pk)
    assert file_url in room.get(letter_page(copy)).content.decode()
    assert b"".join(room.get(file_url)) == b"%PDF-1.7 lijst"


def test_a_day_to_come_is_refused_at_its_field(copy, desk):
    response = desk.post(at_desk("desk_step", copy, "aangeboden"), day_of(TODAY + timedelta(days=1)))
    assert response.status_code == 422
    assert "Deze dag moet nog komen." in response.content.decode()


def test_the_copy_for_the_municipal_council_has_a_channel(copy, room):
    url = in_room("record_step", copy, "gemeenteraad")
    assert room.post(url, {**day_of(TODAY), "note": "in kopie"}).status_code == 422
    room.post(url, {**day_of(TODAY), "channel": "mail", "note": "in kopie"})
    assert LetterStep.objects.get().note == "Per e-mail. in kopie"


def test_a_link_that_runs_a_script_is_no_link(copy, desk):
    response = desk.post(at_desk("desk_step", copy, "raadsvoorstel"), {**day_of(TODAY), "link": "javascript:alert(1)"})
    assert response.status_code == 422
    assert not LetterStep.objects.exists()


@pytest.mark.parametrize("kind", ["gepost", "gemeenteraad", "anders"])
def test_the_authority_has_no_page_for_steps_of_the_council(copy, desk, kind):
    assert desk.get(at_desk("desk_step", copy, kind)).status_code == 404


def test_a_step_taken_back_stays_to_be_seen_by_both(copy, desk, room, victor):
    record_step(copy, "offered", happened_on=TODAY, note="agendapunt 4", by=victor.person)
    url = at_desk("desk_take_back_step", copy, "aangeboden")
    assert desk.post(url, {"reason": ""}).status_code == 422
    desk.post(url, {"reason": "Het punt is verschoven."})
    for page in (desk.get(at_desk("desk_letter", copy)), room.get(letter_page(copy))):
        html = page.content.decode()
        assert "Nog niet aangeboden aan het college" in html
        assert "agendapunt 4" in html and "Het punt is verschoven." in html
    assert room.post(in_room("take_back_step", copy, "aangeboden"), {"reason": "Nee."}).status_code == 302


def test_the_clerk_reads_the_steps_and_has_no_button(copy, authority, sign_in):
    clerk = factories.UserFactory(person=factories.PersonFactory(name="Griet", email="griet@testdorp.test"))
    factories.AppointmentFactory(person=clerk.person, authority=authority, role=AuthorityRole.CLERK)
    client = sign_in(clerk)
    html = client.get(at_desk("desk_letter", copy)).content.decode()
    assert "Ontvangst is nog niet bevestigd" in html
    assert "stappen/" not in html and "ontvangst/" not in html
    assert client.post(at_desk("confirm_receipt", copy)).status_code == 403


def test_a_step_of_one_copy_gives_no_file_of_another(copy, council, authority, saskia, victor, desk):
    other = sent(council, factories.AuthorityFactory(slug="elders"), saskia, subject="Ander")
    record_step(other, "received", happened_on=TODAY, by=saskia.person, upload=SimpleUploadedFile("a.txt", b"x"))
    step = LetterStep.objects.get()
    assert desk.get(in_room("step_file", copy, step.pk)).status_code == 404
    assert desk.get(in_room("step_file", other, step.pk)).status_code == 404


def test_the_number_of_the_mail_is_shown(copy, room):
    message = Message.objects.get(kind="advice.letter")
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=timezone.now())
    html = room.get(letter_page(copy)).content.decode()
    assert f"&lt;{message.public_id}@" in html and "De mailserver nam het bericht aan." in html
