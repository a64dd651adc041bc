"""Another view that came from an opinion is in every form of the letter: page, PDF and JSON."""

import pytest
from django.urls import reverse

from advice.actions.issuing import issue
from advice.actions.procedures import close_procedure
from advice.actions.publishing import publish
from advice.interchange import check, interchange
from advice.letter_print import print_letter
from advice.letter_text import letter_data
from advice.models import MinorityView
from tests import printing
from tests.advice.opinions import adopt, say
from tests.advice.votes import opened, vote_all

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")]
WORDS = "Ik wil het busje houden."
MINE = {"by": "Een lid", "text": WORDS}


def everywhere(advice, saskia, client) -> tuple[str, str, list]:
    """The words of the public page, the PDF and the JSON of the letter that is sent and published."""
    advice.refresh_from_db()
    letter = issue(advice, by=saskia.person, looked_at=True)
    publish(letter, by=saskia.person, without_summary_reason="Te kort.", looked_at=True)
    shown = client.get(reverse("advice:public", args=[advice.council.slug, letter.slug]))
    assert shown.status_code == 200
    content = interchange(letter)
    check(content)
    printed = printing.text(print_letter(letter_data(letter.copies.get())))
    return " ".join(shown.content.decode().split()), printed, content["minority_views"]


def test_decided_at_a_meeting(round, fatma, members, advice, saskia, client):
    say(round, fatma.person, "disagree", text=WORDS, in_letter=True)
    say(round, members[4], "disagree", text="Dit blijft onder ons.")
    adopt(advice, saskia.person)
    assert MinorityView.objects.get().author == fatma.person
    shown, printed, exported = everywhere(advice, saskia, client)
    for words in (shown, printed):
        assert "Andere mening (minderheid)" in words and WORDS in words and "Een lid" in words
        assert "Dit blijft onder ons." not in words and "Fatma" not in words
    assert exported == [MINE]


def test_decided_in_writing(round, fatma, members, advice, saskia, client):
    """Voted against and ticked; who voted for it does not stand there, whatever was ticked."""
    say(round, fatma.person, "agree_but", text=WORDS, in_letter=True)
    say(round, members[4], "disagree", text="Toch voor.", in_letter=True)
    procedure = opened(advice, saskia.person)
    vote_all(procedure, [one for one in members if one != fatma.person], "in_favour")
    vote_all(procedure, [fatma.person], "against")
    close_procedure(procedure, by=saskia.person)
    assert MinorityView.objects.get().author == fatma.person
    shown, printed, exported = everywhere(advice, saskia, client)
    for words in (shown, printed):
        assert "Andere mening (minderheid)" in words and WORDS in words
        assert "Toch voor." not in words and "Fatma" not in words
    assert exported == [MINE]
