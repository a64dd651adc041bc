"""A joint advice: the other councils hear that there is a text to adopt, the leading council what they decided."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advice.joint import joint_address, joint_standings
from advice.models import Advice, JointAdoption
from advice.states import AdviceState
from portal.mail import compose, link
from portal.models import Message
from portal.post import NoLongerNeeded, builds
from portal.topics import ASKED, LETTERS


@builds("advice.joint_asked", ASKED, name=gettext_lazy("A joint letter waits for your council"))
def joint_asked(message: Message) -> EmailMultiAlternatives:
    advice = Advice.objects.select_related("council").get(pk=message.about_id)
    standings = joint_standings(advice) if advice.state == AdviceState.ADOPTED else []
    mine = next((one for one in standings if one.council.pk == message.council_id), None)
    if mine is None or mine.state in ("adopted", "declined"):
        raise NoLongerNeeded
    with override("nl"):
        subject = _("A joint letter waits for your council")
    url = link(joint_address(advice, mine.council))
    context = {"council": mine.council, "leading": advice.council, "again": mine.state == "stale", "url": url}
    return compose(
        message, subject=subject, template="advice/mail/joint_asked", context=context, sender=advice.council.name,
        reply_to=advice.council.email,
    )  # fmt: skip


@builds("advice.joint_settled", LETTERS, name=gettext_lazy("Another council has decided about your joint letter"))
def joint_settled(message: Message) -> EmailMultiAlternatives:
    row = JointAdoption.objects.select_related("advice__council", "council").get(pk=message.about_id)
    council = row.advice.council
    with override("nl"):
        subject = _("Another council has decided about your joint letter")
    url = link(reverse("advice:detail", args=[council.slug, row.advice.public_id]))
    return compose(
        message, subject=subject, template="advice/mail/joint_settled",
        context={"row": row, "council": council, "other": row.council, "url": url}, sender=row.council.name,
    )  # fmt: skip
