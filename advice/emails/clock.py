"""The clock of the answer: more time, the last day that comes near, and the last day that has passed.

Which last day a reminder is about stands in its cause; when the day changed meanwhile it is no longer needed.
"""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advice.models import LetterCopy, ResponseExtension
from advice.terms import cause_of
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import LETTERS


def extension_mail(message: Message, *, registered: bool) -> EmailMultiAlternatives:
    related = ResponseExtension.objects.select_related("copy__letter", "copy__authority", "council", "authority")
    extension = related.get(pk=message.about_id)
    copy = extension.copy
    with override("nl"):  # a subject can be read over a shoulder
        subject = _("The answer to an advice takes longer")
    facts = {"extension": extension, "registered": registered, "url": desk_url(copy) if registered else room_url(copy)}
    return write(message, copy, subject, "extended", facts)


@builds("advice.response_extended", LETTERS, name=gettext_lazy("The answer to an advice takes longer"))
def response_extended(message: Message) -> EmailMultiAlternatives:
    """For the council: the reason and the new last day stand in the mail itself."""
    return extension_mail(message, registered=False)


@builds("advice.extension_registered", LETTERS, name=gettext_lazy("The answer to an advice takes longer"))
def extension_registered(message: Message) -> EmailMultiAlternatives:
    """For the authority: this is how its letter was put on file."""
    return extension_mail(message, registered=True)


def write(message: Message, copy: LetterCopy, subject: str, name: str, facts: dict[str, Any]) -> EmailMultiAlternatives:
    context = {"copy": copy, "letter": copy.letter, "council": copy.council, **facts}
    return compose(
        message, subject=subject, template=f"advice/mail/{name}", context=context, sender=copy.council.name,
        reply_to=copy.council.email,
    )  # fmt: skip


def desk_url(copy: LetterCopy) -> str:
    return link(reverse("advice:desk_letter", args=[copy.authority.slug, copy.public_id]))


def room_url(copy: LetterCopy) -> str:
    return link(reverse("advice:letter", args=[copy.council.slug, copy.letter.public_id]))


@builds("advice.response_reminder", LETTERS, name=gettext_lazy("The answer to an advice is almost due"))
def response_reminder(message: Message) -> EmailMultiAlternatives:
    """To the authority: the last day is near."""
    copy = still_waiting(message)
    if copy.due_on and copy.due_on < timezone.localdate():
        raise NoLongerNeeded
    with override("nl"):
        subject = _("The answer to an advice is almost due")
    return write(message, copy, subject, "response_reminder", {"due": copy.due_on, "url": desk_url(copy)})


@builds("advice.response_overdue", LETTERS, name=gettext_lazy("The last day for the answer to an advice has passed"))
def response_overdue(message: Message) -> EmailMultiAlternatives:
    """To the authority: the last day has passed, and what now."""
    copy = still_waiting(message)
    with override("nl"):
        subject = _("The last day for the answer to an advice has passed")
    return write(message, copy, subject, "response_overdue", {"due": copy.due_on, "url": desk_url(copy)})


@builds("advice.response_silence", LETTERS, name=gettext_lazy("The last day for the answer to an advice has passed"))
def response_silence(message: Message) -> EmailMultiAlternatives:
    """To who leads the council: no answer came, and a letter lies ready."""
    copy = still_waiting(message)
    with override("nl"):
        subject = _("The last day for the answer to an advice has passed")
    return write(message, copy, subject, "response_silence", {"due": copy.due_on, "url": room_url(copy)})


def still_waiting(message: Message) -> LetterCopy:
    """No answer came, and the last day is still the one that this was written about."""
    related = LetterCopy.objects.unanswered().select_related("letter", "council", "authority", "response")
    copy = related.filter(pk=message.about_id).first()
    if copy is None or message.cause.rpartition(":")[0] != cause_of(copy, "").rpartition(":")[0]:
        raise NoLongerNeeded
    return copy
