"""The editorial final version: other words for what the council adopted, named as such."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from advice.actions.deciding import reopen
from advice.actions.editorial import StaleText, make_editorial
from advice.actions.issuing import issue
from advice.frozen import digest, final_text
from advice.letter_print import print_letter
from advice.letter_text import letter_data, preview_data
from advice.models import EditorialText, Letter, MinorityView
from portal.access import Refused
from tests import factories, printing
from tests.advice.letters import adopt, adopted_advice

LINE = "Redactionele eindversie van de tekst die op 1 september 2026 is vastgesteld."


@pytest.fixture
def adopted(council, authority, saskia):
    return adopted_advice(council, authority, saskia.person)


def edit(advice, by, html="<p>Het contract eindigt.</p>", text="Houd het busje.", reason="Beter woord.", **more):
    adopted, edited = final_text(advice)
    given = {
        "sections": [{"heading": "Aanleiding", "html": html}],
        "recommendations": [{"text": text, "reason": "Mensen wachten nu acht weken."}],
        "plain_summary": "Wij vragen u om de wachttijd korter te maken.",
        "seen": (edited or adopted).sha256,
        **more,
    }
    return make_editorial(advice, reason=reason, by=by, **given)


def test_the_newest_editorial_text_is_sent_with_both_hashes(adopted, saskia, chair):
    edit(adopted, chair.person)
    newest = edit(adopted, saskia.person, html="<p>Het contract loopt af.</p>")
    letter = issue(adopted, by=saskia.person)

    first = adopted.adopted_texts.get()
    assert letter.text["sections"][0]["html"] == "<p>Het contract loopt af.</p>"
    assert (letter.text["adopted_sha256"], letter.text["editorial_sha256"]) == (first.sha256, newest.sha256)
    assert first.text["sections"][0]["html"] == "<p>Het contract stopt.</p>"
    assert letter.sha256 == digest(letter.text)
    printed = printing.text(print_letter(letter_data(letter.copies.get())))
    assert LINE in printed and "Het contract loopt af." in printed


def test_without_one_the_adopted_text_is_sent_and_nothing_is_said(adopted, saskia):
    letter = issue(adopted, by=saskia.person)

    assert letter.text["sections"][0]["html"] == "<p>Het contract stopt.</p>"
    assert "editorial" not in letter.text and "editorial_sha256" not in letter.text
    assert "Redactionele" not in printing.text(print_letter(letter_data(letter.copies.get())))


def test_what_the_council_decided_stays(adopted, saskia):
    MinorityView.objects.create(advice=adopted, council=adopted.council, by="1 lid", text="Niet nodig.")
    adopt(adopted, saskia.person)
    made = edit(adopted, saskia.person)

    before = final_text(adopted)[0].text
    same = set(before) - {"sections", "recommendations", "plain_summary"}
    assert {key: made.text[key] for key in same} == {key: before[key] for key in same}
    assert made.text["minority_views"] == [{"by": "1 lid", "text": "Niet nodig."}]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"sections": []}, "dezelfde delen"),
        ({"recommendations": []}, "dezelfde delen"),
        ({"html": "<p> </p>"}, "niet leeg"),
        ({"text": " "}, "niet leeg"),
        ({"html": "<p>Het contract stopt.</p>"}, "niets veranderd"),
        ({"reason": " "}, "waarom"),
    ],
)
def test_what_is_no_editing_is_refused(adopted, saskia, change, sentence):
    with pytest.raises(Refused, match=sentence):
        edit(adopted, saskia.person, **change)
    assert not EditorialText.objects.exists()


def test_a_second_editor_sees_the_first_one_s_text_before_saving(adopted, saskia, chair):
    seen = final_text(adopted)[0].sha256
    edit(adopted, chair.person)

    with pytest.raises(StaleText):
        edit(adopted, saskia.person, html="<p>Anders.</p>", seen=seen)
    assert EditorialText.objects.count() == 1


def test_after_sending_and_before_adopting_there_is_none(adopted, saskia, council, authority):
    issue(adopted, by=saskia.person)
    with pytest.raises(Refused):
        edit(adopted, saskia.person)
    draft = factories.AdviceFactory(council=council, authorities=[authority])
    with pytest.raises(Refused):
        make_editorial(draft, sections=[], recommendations=[], plain_summary="", reason="x", seen="", by=saskia.person)


def test_words_that_were_put_back_are_the_adopted_text_again(adopted, saskia):
    edit(adopted, saskia.person)
    edit(adopted, saskia.person, html="<p>Het contract stopt.</p>")

    assert final_text(adopted)[1] is None
    assert "editorial" not in issue(adopted, by=saskia.person).text


def test_a_new_decision_starts_without_editorial_version(adopted, saskia):
    edit(adopted, saskia.person)
    adopt(adopted, saskia.person)

    assert final_text(adopted)[1] is None


def test_the_database_refuses_to_change_one(adopted, saskia):
    made = edit(adopted, saskia.person)
    with pytest.raises(DatabaseError), transaction.atomic():
        EditorialText.objects.filter(pk=made.pk).update(reason="Anders")


# --- the pages --------------------------------------------------------------


def url(name, advice):
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id])


def typed(form, **changes):
    names = {name: form.initial.get(name, field.initial) for name, field in form.fields.items()}
    return {**{name: value or "" for name, value in names.items()}, **changes}


def test_a_leader_edits_and_every_member_sees_what_is_different(adopted, sign_in, saskia, fatma):
    client = sign_in(saskia)
    form = client.get(url("edit_editorial", adopted)).context["form"]
    assert client.post(url("edit_editorial", adopted), typed(form, reason="Niets")).status_code == 422

    given = typed(form, section_1="Het contract eindigt.", reason="Beter woord.")
    assert client.post(url("edit_editorial", adopted), given).status_code == 302
    made = EditorialText.objects.get()
    assert made.text["sections"] == [{"heading": "Aanleiding", "html": "<p>Het contract eindigt.</p>"}]
    assert made.text["recommendations"] == final_text(adopted)[0].text["recommendations"]

    member = sign_in(fatma)
    page = member.get(url("editorial", adopted)).content.decode()
    assert "Beter woord." in page and "toegevoegd: </span>eindigt." in page and "1 deel veranderd" in page
    assert "redactionele" in member.get(url("detail", adopted)).content.decode().lower()
    assert "redactionele" in member.get(url("decided", adopted)).content.decode().lower()
    assert member.get(url("edit_editorial", adopted)).status_code == 403
    assert "Het contract eindigt." in printing.text(print_letter(preview_data(adopted)))


def test_what_was_typed_stays_when_somebody_was_first(adopted, sign_in, saskia, chair):
    client = sign_in(saskia)
    given = typed(client.get(url("edit_editorial", adopted)).context["form"], section_1="Mijn tekst.", reason="Zo.")
    made = edit(adopted, chair.person)

    late = client.post(url("edit_editorial", adopted), given)
    assert late.status_code == 409 and "Mijn tekst." in late.content.decode()
    assert late.context["form"].data["seen"] == made.sha256
    assert f"{chair.person.name} veranderde dit intussen" in late.content.decode()
    assert "toegevoegd: </span>eindigt." in late.content.decode()  # only what the other one changed
    assert "Mijn tekst." not in re.sub("<textarea.*?</textarea>", "", late.content.decode(), flags=re.S)


def test_the_page_of_the_letter_names_it(adopted, sign_in, saskia):
    edit(adopted, saskia.person)
    client = sign_in(saskia)
    assert "redactionele" in client.get(url("issue", adopted)).content.decode().lower()
    issue(adopted, by=saskia.person)

    letter = Letter.objects.get()
    page = client.get(reverse("advice:letter", args=[letter.council.slug, letter.public_id])).content.decode()
    assert LINE in page


def test_the_draft_in_pdf_of_a_reopened_text_is_what_is_written_now(adopted, saskia):
    reopen(adopted, reason="Een fout.", by=saskia.person)
    adopted.refresh_from_db()
    adopted.sections.update(text="<p>Het contract loopt door.</p>")

    assert "loopt door" in preview_data(adopted)["sections"][0]["html"]
