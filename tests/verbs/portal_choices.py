from datetime import timedelta

from django.utils import timezone

from portal.actions import choosing, digests
from portal.models import Message
from portal.post import post
from portal.states import Frequency


def overview(w):
    choosing.choose(w.member, "writing", "daily", by=w.member)
    message = post("advice.proposal_settled", w.member, about=w.draft, cause="trail")
    Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - timedelta(days=2))
    return digests.make_digest(w.member, Frequency.DAILY, by=None)


VERBS = {
    "choose how often mail comes": lambda w: choosing.choose(w.member, "writing", "daily", by=w.member),
    "make an overview": lambda w: overview(w),
}
