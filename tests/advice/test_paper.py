"""A letter on paper is not sent until somebody says that it is in the post."""

import pytest
from django.urls import reverse

from advice.actions.issuing import mark_posted
from portal.models import Message
from portal.states import MessageState
from tests.advice.answers import sent

TO_POST = "Moet nog op de post"


@pytest.mark.parametrize("email", ["", "post@testdorp.test"])
def test_letter_dossier_and_list_say_that_it_must_still_be_posted(council, authority, saskia, sign_in, email):
    """The control is the authority with an e-mail address: there it never stands."""
    authority.office.email = email
    authority.office.save()
    copy = sent(council, authority, saskia)
    client, letter = sign_in(saskia), copy.letter
    urls = [
        reverse("advice:letter", args=[council.slug, letter.public_id]),
        reverse("advice:detail", args=[council.slug, letter.advice.public_id]),
        reverse("advice:list", args=[council.slug]),
    ]
    assert [TO_POST in client.get(url).content.decode() for url in urls] == [not email] * 3
    message = Message.objects.get(kind="advice.letter")
    if not email:
        assert message.state == MessageState.PAPER
        assert mark_posted(council, [message.pk], by=saskia.person) == 1
        assert not any(TO_POST in client.get(url).content.decode() for url in urls)
        assert "Verstuurd op" in client.get(urls[0]).content.decode()
