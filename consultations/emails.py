"""The messages of this floor; the app config imports this module so that its builders register.

Subjects are neutral: a mail can be read over a shoulder. The page says the rest.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import AdviceRequest, CouncilRequest, RequestQuestion
from consultations.states import RequestState
from councils.models import Authority, Council
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import LETTERS

PARTS = CouncilRequest.objects.select_related("request__authority", "council")
QUESTIONS = RequestQuestion.objects.select_related("council_request__request__authority", "council_request__council")


def write(
    message: Message, subject: str, name: str, context: dict, *, council: Council | None = None
) -> EmailMultiAlternatives:
    return compose(
        message, subject=subject, template=f"consultations/mail/{name}", context=context,
        sender=council.name if council else "", reply_to=council.email if council else "",
    )  # fmt: skip


def in_dutch() -> translation.override:
    return translation.override(settings.LANGUAGE_CODE)


def dossier_link(part: CouncilRequest) -> str:
    return link(part.get_absolute_url())


def request_link(request: AdviceRequest, message: Message | None = None) -> str:
    """The page at the desk of who reads the mail: also of an authority that asks along."""
    if message is not None and message.authority_id not in (None, request.authority_id):
        slug = Authority.objects.values_list("slug", flat=True).get(pk=message.authority_id)
        return link(reverse("consultations:request", args=[slug, request.public_id]))
    return link(request.get_absolute_url())


@builds("consultations.request_sent", LETTERS, name=gettext_lazy("Your request for advice has been sent"))
def request_sent(message: Message) -> EmailMultiAlternatives:
    """The receipt for who sent the request."""
    request = AdviceRequest.objects.select_related("authority").get(pk=message.about_id)
    parts = request.to_councils.select_related("council").order_by("council__name")
    with in_dutch():
        subject = _("Your request for advice has been sent")
    return write(message, subject, "request_sent", {"request": request, "parts": parts, "url": request_link(request)})


@builds(
    "consultations.request_along", LETTERS, name=gettext_lazy("A request for advice has been sent in your name too")
)
def request_along(message: Message) -> EmailMultiAlternatives:
    """For the contact officers of an authority that asks along."""
    request = AdviceRequest.objects.select_related("authority").get(pk=message.about_id)
    parts = request.to_councils.select_related("council").order_by("council__name")
    with in_dutch():
        subject = _("A request for advice has been sent in your name too")
    context = {"request": request, "parts": parts, "url": request_link(request, message)}
    return write(message, subject, "request_along", context)


@builds("consultations.request_received", LETTERS, name=gettext_lazy("There is a new request for advice"))
def request_received(message: Message) -> EmailMultiAlternatives:
    part = PARTS.get(pk=message.about_id)
    if part.state == RequestState.WITHDRAWN:
        raise NoLongerNeeded
    with in_dutch():
        subject = _("There is a new request for advice")
    urgency = link(reverse("consultations:answer_urgency", args=[part.council.slug, part.public_id]))
    context = {"part": part, "url": dossier_link(part), "urgency_url": urgency}
    return write(message, subject, "request_received", context, council=part.council)


@builds("consultations.request_declined", LETTERS, name=gettext_lazy("The council gives no advice on your request"))
def request_declined(message: Message) -> EmailMultiAlternatives:
    part = PARTS.get(pk=message.about_id)
    with in_dutch():
        subject = _("The council gives no advice on your request")
    context = {"part": part, "url": request_link(part.request, message)}
    return write(message, subject, "request_declined", context, council=part.council)


@builds("consultations.request_extended", LETTERS, name=gettext_lazy("The council takes more time for its advice"))
def request_extended(message: Message) -> EmailMultiAlternatives:
    """The extension in writing: the reason and the new last day stand in the mail itself."""
    part = PARTS.get(pk=message.about_id)
    with in_dutch():
        subject = _("The council takes more time for its advice")
    context = {"part": part, "url": request_link(part.request, message)}
    return write(message, subject, "request_extended", context, council=part.council)


@builds("consultations.urgency_answered", LETTERS, name=gettext_lazy("The council answered your urgent request"))
def urgency_answered(message: Message) -> EmailMultiAlternatives:
    """What the chair said to the shorter term, and which last day counts now."""
    part = PARTS.select_related("consent_by").get(pk=message.about_id)
    with in_dutch():
        subject = _("The council answered your urgent request")
    context = {"part": part, "url": request_link(part.request, message)}
    return write(message, subject, "urgency_answered", context, council=part.council)


@builds("consultations.request_withdrawn", LETTERS, name=gettext_lazy("A request for advice has been withdrawn"))
def request_withdrawn(message: Message) -> EmailMultiAlternatives:
    part = PARTS.get(pk=message.about_id)
    with in_dutch():
        subject = _("A request for advice has been withdrawn")
    context = {"part": part, "url": dossier_link(part)}
    return write(message, subject, "request_withdrawn", context, council=part.council)


@builds("consultations.question_asked", LETTERS, name=gettext_lazy("The council has a question about your request"))
def question_asked(message: Message) -> EmailMultiAlternatives:
    question = QUESTIONS.get(pk=message.about_id)
    if question.answered_at:
        raise NoLongerNeeded
    part = question.council_request
    with in_dutch():
        subject = _("The council has a question about your request")
    path = reverse(
        "consultations:answer_question", args=[part.request.authority.slug, part.request.public_id, question.public_id]
    )
    context = {"part": part, "question": question, "url": link(path)}
    return write(message, subject, "question_asked", context, council=part.council)


@builds("consultations.question_answered", LETTERS, name=gettext_lazy("There is an answer to your question"))
def question_answered(message: Message) -> EmailMultiAlternatives:
    question = QUESTIONS.get(pk=message.about_id)
    part = question.council_request
    with in_dutch():
        subject = _("There is an answer to your question")
    context = {"part": part, "question": question, "url": dossier_link(part)}
    return write(message, subject, "question_answered", context, council=part.council)
