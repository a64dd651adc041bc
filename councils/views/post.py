"""The post room of a council: what waits, what was sent, what came back, what goes on paper."""

from django.contrib import messages as told
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from councils.models import Council
from portal.access import Refused, get_for, requires
from portal.actions.outbox import mark_posted, put_on_paper, try_again
from portal.models import Message
from portal.states import MessageState

PER_PAGE = 30
TABS = {
    "wacht": (gettext_lazy("Waiting"), [MessageState.WAITING, MessageState.SENDING]),
    "mislukt": (gettext_lazy("Not delivered"), [MessageState.REFUSED]),
    "papier": (gettext_lazy("On paper"), [MessageState.PAPER]),
    "klaar": (gettext_lazy("Sent"), [MessageState.SENT, MessageState.POSTED, MessageState.DROPPED]),
}
ACTIONS = {"again": try_again, "paper": put_on_paper, "posted": mark_posted}
KINDS = {
    "portal.invitation": gettext_lazy("Invitation to make an account"),
    "meetings.invitation": gettext_lazy("Invitation to a meeting"),
    "meetings.cancellation": gettext_lazy("Meeting cancelled"),
    "consultations": gettext_lazy("Message about a request for advice"),
    "advice": gettext_lazy("Message about an advice"),
}


def kind_in_words(kind: str) -> str:
    return str(KINDS.get(kind) or KINDS.get(kind.partition(".")[0]) or _("Message"))


@require_safe
@requires("councils.see_post")
def post_room(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    chosen = request.GET.get("lijst", "")
    outbox = Message.objects.filter(council_id=found.pk)
    counts = outbox.aggregate(**{key: Count("pk", filter=Q(state__in=states)) for key, (_l, states) in TABS.items()})
    if chosen not in TABS:
        chosen = next((key for key in ("mislukt", "papier", "wacht") if counts[key]), "klaar")
    listed = outbox.filter(state__in=TABS[chosen][1]).select_related("person").order_by("-created_at", "-pk")
    paginator = Paginator(listed, PER_PAGE)
    paginator.count = counts[chosen]  # counted above
    page = paginator.get_page(request.GET.get("page"))
    for message in page.object_list:
        message.words = kind_in_words(message.kind)
    tabs = [{"key": key, "label": label, "count": counts[key], "current": key == chosen}
            for key, (label, _states) in TABS.items()]  # fmt: skip
    return render(request, "councils/post_room.html", {"council": found, "page": page, "tabs": tabs, "chosen": chosen})


@require_POST
@requires("councils.see_post")
def act(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    message = get_object_or_404(Message.objects.select_related("person"), council_id=found.pk, public_id=public_id)
    verb = ACTIONS.get(request.POST.get("do", ""))
    try:
        if verb is None:
            raise Refused(_("Choose what must be done with this message."))
        verb(message, by=request.user.person)
        told.success(request, _("Done: %(name)s.") % {"name": message.person.name})
    except Refused as refused:
        told.error(request, str(refused))
    return redirect("councils:post_room", found.slug)
