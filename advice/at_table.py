"""The advices that the council decides about at an item of a meeting, for the page at the table."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from advice.models import Advice
from advice.states import AdviceState
from meetings.links import ItemLink, finds_links
from meetings.models import AgendaItem
from meetings.offers import offered_at
from portal.models import User


@finds_links
def advices_at(item: AgendaItem, user: User) -> list[ItemLink]:
    """Of what was offered for the agenda, of the request that stands there, or with the title of the item."""
    about = Q(request__agenda_item=item) | Q(subject=item.title) | Q(decisions__agenda_item=item)
    if offered := offered_at(item, "advice"):
        about |= Q(pk=offered)
    advices = Advice.objects.filter(about, council_id=item.council_id).exclude(state=AdviceState.DROPPED)
    return [link_to(advice, item, user) for advice in advices.distinct().order_by("pk")]


def link_to(advice: Advice, item: AgendaItem, user: User) -> ItemLink:
    if advice.state == AdviceState.DRAFT and user.has_perm("advice.decide", advice):
        url = reverse("advice:decide", args=[item.council.slug, advice.public_id])
        return ItemLink(advice.subject, f"{url}?punt={item.pk}", _("Record the decision on this advice"))
    return ItemLink(advice.subject, advice.get_absolute_url(), _("To the advice"))
