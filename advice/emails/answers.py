"""The answer is there: one message for the council. What it says stands on the page, not in the mail."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advice.approvals import agreement_on
from advice.models import Approval, Response, ResponseLetter, ResponsePdf
from advice.states import ResponseState
from portal.documents import read
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, NotYet, builds
from portal.topics import ASKED, LETTERS


@builds("advice.response", LETTERS, name=gettext_lazy("There is an answer"))
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


@builds("advice.response_letter", LETTERS, name=gettext_lazy("Letter with the answer"), must_go=True)
def response_letter(message: Message) -> EmailMultiAlternatives:
    """The letter of the executive itself. It waits for its PDF."""
    found = ResponseLetter.objects.select_related("response__copy__letter__council", "authority", "council").get(
        pk=message.about_id
    )
    letter, council = found.response.copy.letter, found.council
    with override("nl"):
        subject = _("There is an answer to an advice")
    mail = compose(
        message,
        subject=subject,
        template="advice/mail/response_letter",
        context={
            "response": found.response,
            "authority": found.authority,
            "letter": letter,
            "council": council,
            "letter_url": link(reverse("advice:letter", args=[council.slug, letter.public_id])),
        },
        sender=found.authority.name,
        reply_to=found.authority.office.email if found.authority.office else "",
    )
    pdf = ResponsePdf.objects.select_related("document").filter(letter=found).first()
    if pdf is None:
        raise NotYet("the PDF is not there yet")
    mail.attach(pdf.document.name, read(pdf.document), "application/pdf")
    return mail


@builds("advice.approval_asked", ASKED, name=gettext_lazy("An answer waits for your agreement"))
def approval_asked(message: Message) -> EmailMultiAlternatives:
    """To the alderman: read the answer and agree, or not. Not needed when that was done already."""
    found = Response.objects.select_related("authority", "copy__letter").get(pk=message.about_id)
    if found.state == ResponseState.FINAL or agreement_on(found).state != "asked":
        raise NoLongerNeeded("the alderman has answered, or the answer was given")
    with override("nl"):
        subject = _("An answer waits for your agreement")
    return at_desk(message, found, subject=subject, template="advice/mail/approval_asked")


@builds("advice.approval_given", ASKED, name=gettext_lazy("The alderman has read your answer"))
def approval_given(message: Message) -> EmailMultiAlternatives:
    """To who wrote the answer: the word of the alderman is there."""
    approval = Approval.objects.select_related("response__authority", "response__copy__letter", "person").get(
        pk=message.about_id
    )
    if approval.response.state == ResponseState.FINAL:
        raise NoLongerNeeded("the answer was given")
    with override("nl"):
        subject = _("The alderman has read your answer")
    return at_desk(
        message, approval.response, subject=subject, template="advice/mail/approval_given", approval=approval
    )  # fmt: skip


def at_desk(
    message: Message, response: Response, *, subject: str, template: str, **context: object
) -> EmailMultiAlternatives:
    name = "advice:answer_preview" if template.endswith("asked") else "advice:answer"
    page = link(reverse(name, args=[response.authority.slug, response.copy.public_id]))
    about = {"letter": response.copy.letter, "authority": response.authority, "page_url": page, **context}
    return compose(message, subject=subject, template=template, context=about, sender=response.authority.name)
