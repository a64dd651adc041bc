"""Comments on one paragraph of a part."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advice.actions import drafting, word
from advice.actions.saving import PartGone
from advice.forms.commenting import key_of
from advice.models import Comment, Section
from portal.access import Refused
from tests import factories

pytestmark = pytest.mark.django_db

SEVEN = "Zeven inwoners vertelden ons dat het busje te laat komt."


@pytest.fixture
def advice(council, authority):
    return factories.AdviceFactory(council=council, authorities=[authority], subject="Vervoer naar dagbesteding")


@pytest.fixture
def first(advice):
    return factories.SectionFactory(
        advice=advice, position=1, heading="Aanleiding", text="<p>Eén.</p><h3>Kop</h3><p>Twee.</p>"
    )


@pytest.fixture
def section(advice, first):
    return factories.SectionFactory(
        advice=advice, position=2, heading="Wat wij horen", text=f"<p>{SEVEN}</p><ul><li>Rood</li><li>Blauw</li></ul>"
    )


def address(section: Section) -> str:
    advice = section.advice
    return reverse("advice:comment_on_paragraph", args=[advice.council.slug, advice.public_id, section.public_id])


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_a_member_chooses_a_paragraph_by_its_number_and_first_words(section, sign_in, fatma):
    page = text_of(sign_in(fatma).get(address(section)))
    assert "Alinea 3: Zeven inwoners vertelden ons" in page
    assert "Alinea 4: Rood; Blauw" in page
    assert "Alinea 1" not in page  # of another part


def test_the_comment_stands_with_its_quotation_and_its_place(section, sign_in, fatma, chair):
    answer = sign_in(fatma).post(address(section), {"paragraph": key_of(SEVEN), "text": "Het waren er negen."})
    said = Comment.objects.get()
    assert answer.url.endswith(f"#reactie-{said.pk}")
    assert (said.section, said.quoted, said.author) == (section, SEVEN, fatma.person)
    page = text_of(sign_in(chair).get(section.advice.get_absolute_url()))
    assert "bij alinea 3 van “Wat wij horen”" in page and "Het waren er negen." in page
    assert f"<p>{SEVEN}</p></blockquote>" in page
    assert f'href="#reactie-{said.pk}">1 reactie' in page  # at the part


def test_a_comment_on_a_changed_paragraph_says_so_and_keeps_the_quotation(section, sign_in, fatma):
    drafting.comment(section.advice, text="Negen.", section=section, paragraph=SEVEN, by=fatma.person)
    section.text = "<p>Negen inwoners vertelden het.</p>"
    section.save()
    page = text_of(sign_in(fatma).get(section.advice.get_absolute_url()))
    assert "bij een alinea van “Wat wij horen” die daarna is veranderd" in page
    assert f"<p>{SEVEN}</p></blockquote>" in page
    drafting.remove_section(section, by=fatma.person)
    page = text_of(sign_in(fatma).get(section.advice.get_absolute_url()))
    assert "bij een deel dat er niet meer is" in page and f"<p>{SEVEN}</p></blockquote>" in page


def test_a_paragraph_that_moved_is_still_the_same_paragraph(section, first, sign_in, fatma):
    drafting.comment(section.advice, text="Negen.", section=section, paragraph=SEVEN, by=fatma.person)
    drafting.move_section(section, -1, by=fatma.person)
    page = text_of(sign_in(fatma).get(section.advice.get_absolute_url()))
    assert "bij alinea 1 van “Wat wij horen”" in page and "die daarna is veranderd" not in page


def test_a_paragraph_that_changes_while_somebody_writes_is_chosen_again_and_nothing_is_lost(section, sign_in, fatma):
    room = sign_in(fatma)
    chosen = key_of(SEVEN)
    section.text = "<p>Een andere alinea.</p><p>Nog een.</p>"
    section.save()
    answer = room.post(address(section), {"paragraph": chosen, "text": "Het waren er negen."})
    page = text_of(answer)
    assert answer.status_code == 422 and not Comment.objects.exists()
    assert "Iemand heeft deze alinea net veranderd" in page and "Het waren er negen." in page


def test_an_empty_comment_says_what_is_missing(section, sign_in, fatma):
    answer = sign_in(fatma).post(address(section), {"text": ""})
    page = text_of(answer)
    assert answer.status_code == 422 and "Kies een alinea." in page and "Schrijf uw reactie." in page


def test_a_quotation_is_not_made_up(section, fatma):
    with pytest.raises(Refused):
        drafting.comment(section.advice, text="Nee.", section=section, paragraph="Nooit geschreven.", by=fatma.person)
    with pytest.raises(Refused):
        drafting.comment(section.advice, text="Nee.", section=section, paragraph="", by=fatma.person)
    elsewhere = factories.SectionFactory(position=1, text=f"<p>{SEVEN}</p>")
    with pytest.raises(PartGone):
        drafting.comment(section.advice, text="Nee.", section=elsewhere, paragraph=SEVEN, by=fatma.person)
    assert not Comment.objects.exists()


def test_a_comment_from_word_knows_its_paragraph(section, sign_in, fatma):
    word.put_comments(section.advice, [{"who": "Riet", "at": "Blauw", "text": "Groen."}], by=fatma.person)
    assert "bij alinea 4 van “Wat wij horen”" in text_of(sign_in(fatma).get(section.advice.get_absolute_url()))


def test_many_comments_cost_the_dossier_no_query_more(section, sign_in, fatma):
    room = sign_in(fatma)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert room.get(section.advice.get_absolute_url()).status_code == 200
        return len(found)

    drafting.comment(section.advice, text="1", section=section, paragraph=SEVEN, by=fatma.person)
    few = queries()
    for number in range(20):
        drafting.comment(section.advice, text=str(number), section=section, paragraph=SEVEN, by=fatma.person)
    assert queries() == few


def test_nobody_comments_on_a_paragraph_of_an_adopted_text(section, sign_in, fatma):
    room = sign_in(fatma)
    section.advice.state = "adopted"
    section.advice.save()
    assert room.get(address(section)).url == section.advice.get_absolute_url()
    answer = room.post(address(section), {"paragraph": key_of(SEVEN), "text": "Te laat."})
    assert answer.status_code == 422 and "Te laat." in text_of(answer) and not Comment.objects.exists()
