"""The parts of each kind of letter: the portal's, the council's own, and the draft that begins with them."""

import pytest
from django.urls import reverse

from advice.actions.drafting import start_unsolicited
from advice.actions.templates import parts_for, restore_template, save_template, use_template
from advice.frozen import frozen_text
from advice.letter_print import print_letter
from advice.letter_text import preview_data
from advice.models import TextTemplate
from advice.starter_parts import starter_parts
from advice.states import AdviceKind, DocumentKind
from portal.access import Refused
from tests import factories, printing

OWN = [{"heading": "Wat er speelt", "hint": "Noem het dorp."}, {"heading": "Wat wij vragen", "hint": ""}]


@pytest.mark.parametrize("document", DocumentKind.values)
def test_the_portal_has_parts_with_hints_for_every_kind_of_letter(document):
    parts = starter_parts(document, AdviceKind.UNSOLICITED)
    assert len(parts) >= 2
    assert all(part["heading"] and part["hint"] for part in parts)


def headings(draft):
    return [section.heading for section in draft.sections.all()]


def start(council, authority, by, document="signal_letter"):
    return start_unsolicited(council, subject="Bus", authorities=[authority], document=document, by=by)


def test_a_draft_begins_with_the_parts_of_its_kind_and_of_its_council(council, authority, saskia):
    assert headings(start(council, authority, saskia.person)) == ["Wat wij horen", "Hoe vaak en van wie", "Wat dit betekent"]  # fmt: skip # noqa: E501
    save_template(council, "signal_letter", OWN, by=saskia.person)
    draft = start(council, authority, saskia.person)
    assert [(one.heading, one.hint) for one in draft.sections.all()] == [
        ("Wat er speelt", "Noem het dorp."), ("Wat wij vragen", ""),
    ]  # fmt: skip
    other = factories.CouncilFactory()
    assert parts_for(other, "signal_letter") == starter_parts("signal_letter", AdviceKind.UNSOLICITED)
    restore_template(council, "signal_letter", by=saskia.person)
    assert headings(start(council, authority, saskia.person))[0] == "Wat wij horen"


def test_hints_help_while_writing_and_never_come_in_the_letter(council, authority, saskia, sign_in):
    save_template(council, "signal_letter", OWN, by=saskia.person)
    draft = start(council, authority, saskia.person)
    client, section = sign_in(saskia), draft.sections.first()
    page = reverse("advice:edit_section", args=[council.slug, draft.public_id, section.public_id])
    assert "Noem het dorp." in client.get(page).content.decode()
    assert "Noem het dorp." in client.get(draft.get_absolute_url()).content.decode()

    section.text = "<p>De bus rijdt niet.</p>"
    section.save(update_fields=["text"])
    printed = printing.text(print_letter(preview_data(draft)))
    assert "De bus rijdt niet." in printed and "Noem het dorp." not in printed
    assert "Noem het dorp." not in str(frozen_text(draft))


def test_a_draft_without_text_is_offered_the_parts_of_its_new_kind(council, authority, saskia, sign_in):
    draft = start(council, authority, saskia.person)
    client, url = sign_in(saskia), reverse("advice:use_template", args=[council.slug, draft.public_id])
    assert url not in client.get(draft.get_absolute_url()).content.decode()

    draft.document = DocumentKind.QUESTIONS
    draft.save(update_fields=["document"])
    assert url in client.get(draft.get_absolute_url()).content.decode()
    assert client.post(url).status_code == 302
    assert headings(draft) == ["Aanleiding", "Wat wij al weten", "Waarom wij dit vragen"]


def test_a_draft_with_text_keeps_its_parts(council, authority, saskia, sign_in):
    draft = start(council, authority, saskia.person)
    draft.sections.filter(position=1).update(text="<p>De bus rijdt niet.</p>")
    draft.document = DocumentKind.QUESTIONS
    draft.save(update_fields=["document"])

    assert "use_template" not in sign_in(saskia).get(draft.get_absolute_url()).content.decode()
    with pytest.raises(Refused):
        use_template(draft, by=saskia.person)
    assert headings(draft)[0] == "Wat wij horen"


def test_the_secretary_changes_the_parts_on_a_page(council, saskia, fatma, sign_in):
    client, url = sign_in(saskia), reverse("advice:edit_template", args=[council.slug, "questions"])
    given = {
        "deel-TOTAL_FORMS": "3", "deel-INITIAL_FORMS": "3", "deel-0-heading": "", "deel-0-hint": "weg",
        "deel-1-heading": "Wat wij weten", "deel-1-hint": "Kort.", "deel-2-heading": "", "deel-2-hint": "",
    }  # fmt: skip
    empty = {**given, "deel-1-heading": ""}
    assert client.post(url, empty).status_code == 422 and not TextTemplate.objects.exists()
    assert client.post(url, given).status_code == 302
    assert TextTemplate.objects.get().parts == [{"heading": "Wat wij weten", "hint": "Kort."}]
    assert "onze eigen delen" in client.get(reverse("advice:templates", args=[council.slug])).content.decode()
    assert sign_in(fatma).get(url).status_code == 403
    assert client.get(reverse("advice:edit_template", args=[council.slug, "liefdesbrief"])).status_code == 404
