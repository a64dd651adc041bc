"""The secretary registers what came by mail, by post or by telephone."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consultations.actions import register_request
from consultations.forms.handling import RegisterForm
from consultations.models import AdviceRequest, CouncilRequest
from consultations.states import Channel, RequestState
from councils.models import Appointment
from portal.access import Refused
from portal.documents import keep, read
from portal.models import Document
from tests.consultations.conftest import events, messages_of
from tests.factories import AuthorityFactory, CouncilFactory, PolicyTopicFactory, ServedBodyFactory


@pytest.fixture
def letter(council, saskia):
    return keep(b"%PDF-1.7 brief", "brief.pdf", "application/pdf", by=saskia.person, council_id=council.pk)


def facts(authority, saskia, **others):
    return {
        "authority": authority, "subject": "Wonen voor ouderen", "received_on": date(2026, 5, 4),
        "letter_date": date(2026, 4, 30), "channel": Channel.POST, "by": saskia.person, **others,
    }  # fmt: skip


def test_the_term_runs_from_receipt_and_nobody_of_the_authority_hears(
    council, authority, saskia, chair, victor, letter
):
    part = register_request(council, **facts(authority, saskia, original=letter, reference="Z-1"))
    assert (part.state, part.received_on) == (RequestState.SUBMITTED, date(2026, 5, 4))
    assert (part.due_on, part.due_article) == (date(2026, 6, 15), "art. 7 lid 1")
    request = part.request
    assert request.registered and not request.is_draft
    assert (request.original, request.letter_date, request.contact) == (letter, date(2026, 4, 30), None)
    assert messages_of("request_received") == ["Chris Bakker"]
    assert messages_of("request_sent") == []
    assert events() == ["consultations.request_registered", "consultations.request_received"]


def test_a_term_from_the_date_of_the_letter_counts_from_there(council, authority, saskia, letter):
    instrument = council.instruments.get()
    instrument.rules["advice_term"]["starts"] = "letter_date"
    instrument.save()
    part = register_request(council, **facts(authority, saskia, original=letter))
    assert part.due_on == date(2026, 6, 11)


def test_a_letter_without_a_date_names_what_is_assumed(council, authority, saskia, letter):
    instrument = council.instruments.get()
    instrument.rules["advice_term"]["starts"] = "letter_date"
    instrument.save()
    part = register_request(council, **facts(authority, saskia, original=letter, letter_date=None))
    assert part.due_on == date(2026, 6, 15)
    assert part.due_steps[-1]["label"] == "Aanname"


def test_an_authority_without_people_on_the_portal_is_fine(council, authority, saskia, letter):
    assert not Appointment.objects.exists()
    assert register_request(council, **facts(authority, saskia, original=letter)).pk


def test_a_letter_needs_its_original_a_telephone_call_needs_words(council, authority, saskia):
    with pytest.raises(Refused) as refused:
        register_request(council, **facts(authority, saskia))
    assert refused.value.field == "original"
    with pytest.raises(Refused) as refused:
        register_request(council, **facts(authority, saskia, channel=Channel.PHONE))
    assert refused.value.field == "summary"
    part = register_request(
        council, **facts(authority, saskia, channel=Channel.PHONE, letter_date=None, summary="De wethouder belde.")
    )
    assert (part.request.original, part.request.letter_date, part.due_on) == (None, None, date(2026, 6, 15))


def test_impossible_days_are_refused(council, authority, saskia, letter):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for others, field in [
        ({"received_on": tomorrow}, "received_on"),
        ({"letter_date": date(2026, 5, 5)}, "letter_date"),
    ]:
        with pytest.raises(Refused) as refused:
            register_request(council, **facts(authority, saskia, original=letter, **others))
        assert refused.value.field == field
    assert not AdviceRequest.objects.exists()


def test_the_same_letter_is_registered_once(council, authority, saskia, letter):
    register_request(council, **facts(authority, saskia, original=letter, reference="Z-1"))
    with pytest.raises(Refused) as refused:
        register_request(council, **facts(authority, saskia, original=letter, reference="z-1", subject="Anders"))
    assert refused.value.field == "reference"
    register_request(council, **facts(authority, saskia, original=letter, subject="Zonder kenmerk"))
    with pytest.raises(Refused) as refused:
        register_request(council, **facts(authority, saskia, original=letter, subject="zonder kenmerk"))
    assert refused.value.field == "subject"
    assert CouncilRequest.objects.count() == 2


def test_only_of_an_authority_that_the_council_advises(council, saskia, letter):
    with pytest.raises(Refused):
        register_request(council, **facts(AuthorityFactory(), saskia, original=letter))


# --- the page -------------------------------------------------------------------------------------------------------


def posted(**others):
    return {
        "channel": "post", "subject": "Wonen voor ouderen", "received_on": "2026-05-04", "letter_date": "2026-04-30",
        "questions": "1. Wat vindt u?\n- En waarom?", "original": pdf(), **others,
    }  # fmt: skip


def pdf(content: bytes = b"%PDF-1.7 brief"):
    return SimpleUploadedFile("brief.pdf", content)


def test_the_secretary_registers_on_one_page(sign_in, saskia, council, authority):
    url = reverse("consultations:register", args=[council.slug])
    response = sign_in(saskia).post(url, posted(authority=authority.pk))
    part = CouncilRequest.objects.get()
    assert response.status_code == 302 and response.url == part.get_absolute_url()
    assert part.request.questions == ["Wat vindt u?", "En waarom?"]
    assert read(part.request.original) == b"%PDF-1.7 brief"
    page = sign_in(saskia).get(part.get_absolute_url()).content.decode()
    assert "maandag 15 juni 2026" in page
    assert "brief.pdf" in page


def test_a_refused_answer_keeps_what_was_typed_and_the_file(sign_in, saskia, council, authority):
    client, url = sign_in(saskia), reverse("consultations:register", args=[council.slug])
    response = client.post(url, posted(authority=authority.pk, subject=""))
    assert response.status_code == 422
    kept = response.context["form"].data["kept"]
    again = client.post(url, posted(authority=authority.pk, original="", kept=kept))
    assert again.status_code == 302
    assert CouncilRequest.objects.get().request.original == Document.objects.get()


def test_a_forged_file_is_not_taken(sign_in, saskia, council, authority, victor):
    secret = keep(b"besloten", "x.txt", "text/plain", by=victor.person, council_id=council.pk)
    url = reverse("consultations:register", args=[council.slug])
    for kept in (str(secret.public_id), f"{secret.public_id}:x"):
        response = sign_in(saskia).post(url, posted(authority=authority.pk, original="", kept=kept))
        assert response.status_code == 422
    assert not CouncilRequest.objects.exists()


def test_working_out_the_dates_registers_nothing(sign_in, saskia, council, authority):
    url = reverse("consultations:register", args=[council.slug])
    response = sign_in(saskia).post(url, posted(authority=authority.pk, calculate="1"))
    assert response.status_code == 200
    assert response.context["plan"].due.day == date(2026, 6, 15)
    assert not CouncilRequest.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(sign_in, saskia, council, authority):
    url = reverse("consultations:register", args=[council.slug])
    response = sign_in(saskia).post(url, posted(authority=authority.pk, original=pdf(b"MZ program")))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["original"]


def test_a_topic_that_is_named_for_another_council_is_not_offered(council, authority):
    other = CouncilFactory()
    ServedBodyFactory(council=other, authority=authority)
    everyone, theirs = [PolicyTopicFactory(authority=authority, name=name) for name in ("Vervoer", "School")]
    theirs.councils.set([other])
    offered = RegisterForm(council=council).fields["topic"].queryset
    assert list(offered) == [everyone]
