"""Advices to adopt and answers that are due, offered for a coming agenda."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.models import Advice, LetterCopy
from advice.querysets import DUE_ON
from advice.states import AdviceState
from meetings.models import Meeting
from meetings.offers import Offer, offers, settles
from meetings.states import Aim, ItemOrigin
from portal.dates import long_date


@offers("advice")
def advices(meeting: Meeting) -> Iterable[Offer]:
    waiting = Advice.objects.filter(council_id=meeting.council_id, state__in=[AdviceState.DRAFT, AdviceState.VOTING])
    for advice in waiting.select_related("council").order_by("created_at"):
        yield Offer(
            advice.pk, _("Adopt the advice: %(subject)s") % {"subject": advice.subject}, Aim.DECIDE, 20,
            ItemOrigin.ADVICE, _("The council has not adopted this advice yet."),
            reverse("advice:detail", args=[advice.council.slug, advice.public_id]),
        )  # fmt: skip


def due_words(due: date) -> str:
    if due < timezone.localdate():
        return _("%(authority)s had to answer no later than %(day)s.")
    return _("%(authority)s answers no later than %(day)s.")


@settles("request")
def answered_requests(meeting: Meeting) -> Iterable[int]:
    """Requests of which the advice is adopted, also before its letter is sent."""
    done = Advice.objects.filter(council_id=meeting.council_id, state__in=[AdviceState.ADOPTED, AdviceState.ISSUED])
    return done.exclude(request=None).values_list("request_id", flat=True)


@offers("answer")
def answers(meeting: Meeting) -> Iterable[Offer]:
    """Answers of the authority that have to be there by the day of the meeting, and are not."""
    day = timezone.localdate(meeting.starts_at)
    copies = LetterCopy.objects.unanswered().filter(council_id=meeting.council_id).annotate(due=DUE_ON)
    for copy in copies.filter(due__lte=day).select_related("letter__council", "authority").order_by("due", "pk"):
        yield Offer(
            copy.pk, _("No answer yet: %(subject)s") % {"subject": copy.letter.subject}, Aim.DISCUSS, 10,
            ItemOrigin.RESPONSE,
            due_words(copy.due) % {"authority": copy.authority.name, "day": long_date(copy.due)},
            copy.letter.get_absolute_url(),
        )  # fmt: skip
