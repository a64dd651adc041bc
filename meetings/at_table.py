"""What this floor has to do at an item: the minutes that are adopted there, and the list of actions."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.links import ItemLink, finds_links
from meetings.minutes import minutes_to_adopt
from meetings.models import AgendaItem
from meetings.offers import offered_at
from meetings.states import ItemOrigin
from portal.dates import day_month
from portal.models import User


@finds_links
def minutes_at(item: AgendaItem, user: User) -> list[ItemLink]:
    """Those that were offered for this item; at the standing item all that wait for such a meeting."""
    if item.origin != ItemOrigin.LAST_MINUTES:
        return []
    offered, meeting = offered_at(item, "minutes"), item.meeting
    found = []
    for minutes in minutes_to_adopt(meeting.council, meeting.starts_at):
        if minutes.pk == offered or (offered is None and minutes.meeting.kind == meeting.kind):
            url = reverse("meetings:adopt_minutes", args=[meeting.council.slug, minutes.meeting.public_id])
            title = _("Report of %(day)s") % {"day": day_month(minutes.meeting.starts_at)}
            found.append(ItemLink(title, f"{url}?punt={item.pk}", _("Adopt the minutes")))
    return found


@finds_links
def actions_at(item: AgendaItem, user: User) -> list[ItemLink]:
    if item.origin != ItemOrigin.OPEN_ACTIONS:
        return []
    url = reverse("meetings:actions", args=[item.council.slug])
    return [ItemLink(_("What was agreed and is not done yet"), f"{url}?wie=allen", _("To the action list"))]
