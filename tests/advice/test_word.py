"""A Word file read into a draft, and a draft given as Word: nothing is swallowed, nothing is overwritten unseen."""

import io
import zipfile
from html import unescape
from itertools import pairwise

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from advice.actions import word
from advice.actions.saving import PartGone, save_section
from advice.forms.word import WordChoicesForm
from advice.models import Advice, Attachment, Comment, MinorityView, Question, SectionSave, Signatory, Version
from advice.states import AdviceState
from advice.word_export import draft_docx
from advice.word_import import FoundPart, FoundRecommendation, offered
from portal.access import Refused
from portal.models import AuditEvent
from portal.word.upload import read_bytes
from tests import factories
from tests.advice import word_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(council, authority) -> Advice:
    advice = factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer", plain_summary="")
    factories.SectionFactory(advice=advice, position=1, heading="Aanleiding", text="<p>Oude tekst.</p>")
    factories.SectionFactory(advice=advice, position=2, heading="Ons oordeel", text="")
    factories.RecommendationFactory(advice=advice, number=1, text="Laat het busje rijden!", reason="Daarom.")
    return advice


@pytest.fixture
def room(sign_in, saskia):
    return sign_in(saskia)


def url(name: str, advice: Advice) -> str:
    return reverse(f"advice:{name}", args=[advice.council.slug, advice.public_id])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def send(client, advice: Advice, content: bytes, name: str = "reactie.docx"):
    return client.post(url("word_upload", advice), {"file": SimpleUploadedFile(name, content)}, follow=True)


def choices(page, **changed) -> dict:
    form: WordChoicesForm = page.context["form"]
    chosen = {name: field.initial for name, field in form.fields.items() if name.startswith(("part-", "rec-"))}
    return {"seen": form.initial["seen"], "text": "new", **chosen, **changed}


def state_of(advice: Advice) -> tuple:
    sections = list(advice.sections.values_list("heading", "text"))
    recommendations = list(advice.recommendations.values_list("number", "text", "reason", "refers_to"))
    return sections, recommendations, advice.comments.count()


# --- in ---


def test_what_is_in_the_file_is_shown_and_nothing_changes_yet(advice, room):
    before = state_of(advice)
    page = send(room, advice, word_files.worked_on())
    text = text_of(page)
    for words in (
        "In dit Word-bestand vonden wij 3 wijzigingen en 2 opmerkingen.",
        "Wij nemen de tekst over mét de toevoegingen en zonder wat is doorgestreept.",
        "Fatma Yılmaz streepte door: duur",
        "1 tabel wordt een lijst.", "1 plaatje nemen wij niet mee.", "Een lijst in een lijst wordt één lijst.",
        "Olga Smit, bij “nergens meer”: Is dit zo?", "De titel in Word is “Advies over vervoer”.",
        "Er is nog niets veranderd.",
    ):  # fmt: skip
        assert " ".join(words.split()) in without_tags(text), words
    assert state_of(advice) == before and not Version.objects.exists()
    assert len(page.content) < 100_000


def without_tags(text: str) -> str:
    import re

    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_what_was_chosen_goes_into_the_draft_and_the_old_text_is_a_version(advice, room, saskia):
    page = send(room, advice, word_files.worked_on())
    done = room.post(url("word_check", advice), choices(page, comments=["0"]), follow=True)
    assert "De tekst uit Word staat in het concept." in text_of(done)
    sections = dict(advice.sections.values_list("heading", "text"))
    assert list(sections) == ["Aanleiding", "Ons oordeel", "Wat het kost"]
    assert sections["Aanleiding"].startswith("<p>Het busje is onmisbaar voor bewoners.</p>")
    assert sections["Aanleiding"].endswith("<ul><li>eerst</li><li>daaronder</li></ul>")
    assert list(advice.recommendations.values_list("number", "text", "reason")) == [
        (1, "Laat het busje rijden.", "mensen komen anders niet buiten."),
        (2, "Vraag de chauffeurs.", ""),
    ]
    kept = advice.versions.get()
    assert kept.name == "Voor het inlezen van Word" and kept.text["sections"][0]["html"] == "<p>Oude tekst.</p>"
    said = Comment.objects.get()
    assert said.text == "Olga Smit schreef in Word, bij “nergens meer”: Is dit zo?"
    assert (said.author, said.section.heading, said.quoted) == (
        saskia.person, "Aanleiding", "Zij komen nergens meer.",
    )  # fmt: skip
    assert SectionSave.objects.filter(heading="Aanleiding", became=2, author=saskia.person).exists()
    assert AuditEvent.objects.filter(event="word.read_in", object_id=advice.pk, actor_id=saskia.person.pk).count() == 1
    assert not Session.objects.filter(session_key__in=[room.session.get(f"word:{advice.pk}") or "-"]).exists()


def test_the_text_as_it_was_before_the_changes_can_be_chosen(advice, room):
    send(room, advice, word_files.worked_on())
    page = room.get(f"{url('word_check', advice)}?text=old")
    assert "U ziet de tekst zoals die vóór de wijzigingen was." in text_of(page)
    room.post(url("word_check", advice), choices(page, text="old"))
    assert advice.sections.first().text.startswith("<p>Het busje is duur voor bewoners.</p>")


def test_what_is_left_out_is_left_out(advice, room):
    before = state_of(advice)
    page = send(room, advice, word_files.worked_on())
    given = {name: "skip" if name.startswith(("part-", "rec-")) else value for name, value in choices(page).items()}
    room.post(url("word_check", advice), given)
    assert state_of(advice) == before


def test_a_part_that_was_saved_meanwhile_is_not_overwritten_unseen(advice, room, fatma):
    page = send(room, advice, word_files.worked_on())
    section = advice.sections.first()
    save_section(advice, section, heading="Aanleiding", text="<p>Van Fatma.</p>", version=1, by=fatma.person)
    before = state_of(advice)
    given = choices(page, **{"part-1": "skip"})
    late = room.post(url("word_check", advice), given)
    assert late.status_code == 409
    assert "Iemand veranderde het concept terwijl u koos." in text_of(late)
    assert state_of(advice) == before and not Version.objects.exists()
    assert late.context["form"]["part-1"].value() == "skip"  # what was chosen stays
    again = room.post(url("word_check", advice), {**given, "seen": late.context["form"]["seen"].value()})
    assert again.status_code == 302
    assert advice.sections.first().text.startswith("<p>Het busje is onmisbaar")
    assert SectionSave.objects.filter(text="<p>Van Fatma.</p>").exists()
    assert advice.versions.get().text["sections"][0]["html"] == "<p>Van Fatma.</p>"


def test_without_the_guard_it_would_have_been_lost(advice, room, fatma, monkeypatch):
    """Control."""
    page = send(room, advice, word_files.worked_on())
    save_section(
        advice, advice.sections.first(), heading="Aanleiding", text="<p>Van Fatma.</p>", version=1, by=fatma.person
    )
    monkeypatch.setattr(word, "refuse_changed", lambda targets, there: None)
    with pytest.raises(Exception, match="Iemand anders"):  # save_section itself is the second lock on the door
        room.post(url("word_check", advice), choices(page))


def test_two_texts_cannot_take_one_place(advice, room):
    page = send(room, advice, word_files.worked_on())
    place = page.context["form"].fields["part-0"].initial
    refused = room.post(url("word_check", advice), choices(page, **{"part-1": place}))
    assert refused.status_code == 422 and "U koos twee keer dezelfde plek." in text_of(refused)


def test_it_is_read_in_once(advice, room, saskia):
    page = send(room, advice, word_files.worked_on())
    key = room.session[f"word:{advice.pk}"]
    given = choices(page)
    assert room.post(url("word_check", advice), given).status_code == 302
    after = state_of(advice)
    second = room.post(url("word_check", advice), given, follow=True)
    assert "Er staat hier geen Word-bestand klaar." in text_of(second) and state_of(advice) == after
    with pytest.raises(Refused, match="al ingelezen"):
        word.read_in(advice, key=key, parts=[], recommendations=[], comments=[], by=saskia.person)


def test_what_waits_belongs_to_one_person_and_one_advice(advice, room, sign_in, fatma, council):
    send(room, advice, word_files.worked_on())
    other = factories.AdviceFactory(council=council)
    key = room.session[f"word:{advice.pk}"]
    assert word.waiting(advice, key) and word.waiting(other, key) is None
    assert "Er staat hier geen Word-bestand klaar." in text_of(
        sign_in(fatma).get(url("word_check", advice), follow=True)
    )


def test_an_adopted_text_takes_no_word_file(advice, room, saskia):
    page = send(room, advice, word_files.worked_on())
    given, key = choices(page), room.session[f"word:{advice.pk}"]
    Advice.objects.update(state=AdviceState.ADOPTED)
    assert room.post(url("word_check", advice), given).status_code == 403
    with pytest.raises(PartGone):
        word.read_in(advice, key=key, parts=[], recommendations=[], comments=[], by=saskia.person)
    assert word.waiting(advice, key), "the file still waits"


def test_a_refused_file_gives_its_sentence_at_the_field(advice, room):
    for content, name, words in (
        (b"", "leeg.docx", "Dit bestand is leeg."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud.doc", "Sla het in Word op als .docx"),
    ):
        page = send(room, advice, content, name)
        assert page.status_code == 422 and words in text_of(page)
    page = room.post(url("word_upload", advice), {})
    assert page.status_code == 422 and "Kies een Word-bestand." in text_of(page)


def test_forty_headings_are_enough(advice, room):
    document = Document()
    for number in range(41):
        document.add_heading(f"Kop {number}", 1)
        document.add_paragraph("Tekst.")
    page = send(room, advice, word_files.saved(document))
    assert page.status_code == 422 and "Er staan meer dan 40 koppen in dit bestand." in text_of(page)


def test_a_script_in_the_words_is_only_words(advice, room):
    page = send(room, advice, word_files.plain("<script>alert(1)</script> &lt;b&gt;"))
    assert b"<script>alert" not in page.content
    room.post(url("word_check", advice), choices(page))
    assert advice.sections.last().text == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;</p>"


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        (["Aanbeveling 1: Doe dit.", "Omdat het moet.", "Aanbeveling 2", "Doe dat."],
         [("Doe dit.", "Omdat het moet."), ("Doe dat.", "")]),
        (["1. Doe dit.", "Toelichting: daarom.", "2) Doe dat."], [("Doe dit.", "daarom."), ("Doe dat.", "")]),
    ],
)  # fmt: skip
def test_numbered_recommendations_are_offered_as_such(paragraphs, found):
    document = Document()
    document.add_heading("Onze aanbevelingen", 1)
    document.add_paragraph("Wij bevelen aan:")
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    offer = offered(read_bytes(word_files.saved(document), "x.docx")["text"]["new"])
    assert [(one.text, one.reason) for one in offer.recommendations] == found
    assert [(part.heading, part.html) for part in offer.parts] == [("Onze aanbevelingen", "<p>Wij bevelen aan:</p>")]


# --- out ---


@pytest.fixture
def whole(advice, council) -> Advice:
    advice.plain_summary = "Kort gezegd: laat het rijden."
    advice.salutation = "Geacht college,"
    advice.attention_of = "mevrouw Visser"
    advice.save()
    first, second = advice.sections.all()
    first.text = (
        "<p>Wij <strong>horen</strong> <em>veel</em>.<br>Zie "
        '<a href="https://voorbeeld.test/nota" rel="noopener noreferrer">de nota</a>.</p>'
        "<h3>Kopje</h3><ul><li>een</li><li>twee</li></ul><ol><li>eerst</li><li>dan</li></ol><p>Slot.</p>"
    )
    first.save()
    second.text = "<ol><li>opnieuw vanaf 1</li></ol>"
    second.save()
    one = advice.recommendations.get()
    one.reason, one.refers_to = "Mensen wachten.\n\nTe lang.", "nota, bladzijde 3"
    one.save()
    one.rests_on.add(factories.ActivityFactory(council=council, title="KANARIE"))
    factories.RecommendationFactory(advice=advice, number=2, text="Vraag de chauffeurs.", reason="")
    own = {"advice": advice, "council": council}
    Question.objects.create(number=1, text="Wat kost het?", **own)
    MinorityView.objects.create(by="Twee leden", text="Het busje is duur.", **own)
    Attachment.objects.create(title="Verslag van de wijktafel", text="…", **own)
    Signatory.objects.create(position=1, name="C. Bakker", role="voorzitter", **own)
    return advice


def test_the_draft_as_a_word_file_is_accessible(whole, room):
    response = room.get(url("word_draft", whole))
    assert response["Content-Disposition"] == 'attachment; filename="concept-vervoer.docx"'
    document = Document(io.BytesIO(response.content))
    about = document.core_properties
    assert (about.title, about.language, about.author) == ("Vervoer", "nl-NL", whole.council.name)
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    headings = [text for style, text in styles if style == "Heading 1"]
    assert headings == [
        "In het kort", "Aanleiding", "Ons oordeel", "Aanbevelingen", "Andere mening (minderheid)", "Onze vragen",
        "Met wie wij hebben gesproken", "Bijlagen", "Ondertekening",
    ]  # fmt: skip
    assert ("Title", "Vervoer") in styles and ("Heading 2", "Kopje") in styles
    assert ("List Bullet", "C. Bakker, voorzitter") in styles
    assert all(text.strip() for _style, text in styles), "no empty paragraphs for space"
    levels = [int(style[-1]) for style, _text in styles if style.startswith("Heading")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}
    section = document.sections[0]
    assert section.header.paragraphs[0].text.startswith("Concept van ")
    footer = section.footer.paragraphs[0]._p.xml
    assert "PAGE" in footer and "NUMPAGES" in footer
    assert "KANARIE" not in "".join(text for _style, text in styles)


def test_each_numbered_list_starts_at_one(whole):
    document = Document(io.BytesIO(draft_docx(whole)))
    numbers = [
        paragraph._p.pPr.numPr.numId.val for paragraph in document.paragraphs if paragraph.style.name == "List Number"
    ]
    assert len(numbers) == 6 and len(set(numbers)) == 4  # two lists in the text, recommendations, questions
    recommendations = [p for p in document.paragraphs if p.text in ("Laat het busje rijden!", "Vraag de chauffeurs.")]
    assert len({paragraph._p.pPr.numPr.numId.val for paragraph in recommendations}) == 1


def test_out_and_in_again_is_the_same(whole, council, authority, saskia, room):
    content = draft_docx(whole)
    fresh = factories.AdviceFactory(council=council, authorities=[authority], subject="Ander")
    page = send(room, fresh, content)
    room.post(url("word_check", fresh), choices(page))
    assert list(fresh.sections.values_list("heading", "text")) == list(whole.sections.values_list("heading", "text"))
    fields = ("number", "text", "reason", "refers_to")
    assert list(fresh.recommendations.values_list(*fields)) == list(whole.recommendations.values_list(*fields))
    back = send(room, whole, content)
    assert {value for name, value in choices(back).items() if name.startswith(("part-", "rec-"))} == {"skip"}


def test_the_issued_letter_is_no_word_file(whole, room):
    Advice.objects.update(state=AdviceState.ISSUED)
    response = room.get(url("word_draft", whole), follow=True)
    assert "Alleen van een concept is er een Word-bestand." in text_of(response)


def test_the_package_is_one_that_word_opens(whole):
    with zipfile.ZipFile(io.BytesIO(draft_docx(whole))) as archive:
        assert archive.testzip() is None
        ids = [one for one in archive.namelist() if one.startswith("word/")]
    assert "word/document.xml" in ids


def test_the_pure_parts_say_what_they_are():
    part = FoundPart("Kop", "<p>Een</p><p>Twee</p>")
    assert part.text == "Een\nTwee" and FoundRecommendation("Doe dit.").reason == ""
