"""The answer is there: one message for the council. What it says stands on the page, not in the mail."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from advice.models import Response
from portal.mail import compose, link
from portal.models import Message
from portal.post import builds


@builds("advice.response")
def response(message: Message) -> EmailMultiAlternatives:
    found = Response.objects.select_related("authority", "council", "copy__letter").get(pk=message.about_id)
    letter, council = found.copy.letter, found.council
    with override("nl"):  # a subject can be read over a shoulder
        subject = _("There is an answer to an advice")
    return compose(
        message,
        subject=subject,
        template="advice/mail/answer",
        context={
            "response": found,
            "letter": letter,
            "council": council,
            "letter_url": link(reverse("advice:letter", args=[council.slug, letter.public_id])),
        },
        sender=council.name,
        reply_to=council.email,
    )
