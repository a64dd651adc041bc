"""The post room of a council: what waits, is held, was sent, did not arrive, came back, goes on paper."""

from typing import Any

from csp.decorators import csp
from django.contrib import messages as told
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from councils.forms.post import ALL, OwnWordsForm, PostedTogetherForm
from councils.models import Council
from portal.access import PortalRequest, Refused, get_for, requires
from portal.actions import outbox
from portal.delivery_problems import in_words
from portal.models import Message
from portal.preview import preview
from portal.querysets import MessageQuerySet
from portal.states import MessageState
from portal.topics import must_go, name_of

PER_PAGE = 30
MOST_GROUPS = 8
LEAST = {"wacht": 2, "vast": 2, "papier": 1}  # messages that make a group; each letter is posted apart
TABS = {
    "wacht": (gettext_lazy("Waiting"), [MessageState.WAITING, MessageState.SENDING, MessageState.COLLECTED]),
    "vast": (gettext_lazy("Held back"), [MessageState.HELD]),
    "klaar": (gettext_lazy("Sent"), [MessageState.SENT, MessageState.POSTED, MessageState.DROPPED]),
    "mislukt": (gettext_lazy("Not delivered"), [MessageState.REFUSED]),
    "terug": (gettext_lazy("Came back"), [MessageState.BOUNCED]),
    "papier": (gettext_lazy("On paper"), [MessageState.PAPER]),
}
FIRST = ("terug", "mislukt", "vast", "papier", "wacht")  # what asks for a hand
ACTIONS = {
    "again": outbox.try_again,
    "resend": outbox.resend,
    "hold": outbox.hold,
    "release": outbox.release,
    "drop": outbox.drop,
    "paper": outbox.put_on_paper,
    "posted": outbox.mark_posted,
}
TOGETHER = {
    "hold": (MessageState.WAITING, outbox.hold_all),
    "release": (MessageState.HELD, outbox.release_all),
}
# A formatted mail: its own styles, no scripts, nothing from elsewhere.
OF_MAIL = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'none'"],
    "sandbox": True,
}


def described(message: Message, subjects: dict[tuple[str, str], str] | None = None) -> Message:
    """`subjects` of the groups in a list: what has not left has no subject of its own yet."""
    message.words = name_of(message.kind)
    message.topic = message.subject or (subjects or {}).get((message.kind, message.cause), "")
    message.reason = in_words(message.problem)
    message.is_early = message.due_at > timezone.now()
    message.must_go = message.kind in must_go()
    return message


def outbox_of(council: Council) -> MessageQuerySet:
    return Message.objects.filter(council_id=council.pk)


def find(council: Council, public_id: str) -> Message:
    return get_object_or_404(outbox_of(council).select_related("person"), public_id=public_id)


def groups_of(listed: MessageQuerySet, *, least: int = 2) -> list[dict[str, Any]]:
    """The causes that made these messages, each at `least` so many. The subject says which meeting or advice it is
    about."""
    counted = listed.order_by().values("kind", "cause").annotate(number=Count("pk"), one=Min("pk"))
    found = list(counted.filter(number__gte=least).order_by("-number", "kind", "cause")[:MOST_GROUPS])
    examples = listed.select_related("person").in_bulk([group["one"] for group in found])
    return [
        {**group, "key": f"{group['kind']}|{group['cause']}", "words": name_of(group["kind"]),
         "subject": preview(examples[group["one"]]).subject if group["one"] in examples else ""}
        for group in found
    ]  # fmt: skip


def of_group(listed: MessageQuerySet, key: str) -> MessageQuerySet:
    kind, _bar, cause = key.partition("|")
    return listed.filter(kind=kind, cause=cause)


@require_safe
@requires("councils.see_post")
def post_room(request: PortalRequest, council: str) -> HttpResponse:
    return room_page(request, get_for(request, Council, slug=council), request.GET.get("lijst", ""))


def room_page(
    request: HttpRequest, council: Council, chosen: str, form: PostedTogetherForm | None = None, status: int = 200
) -> HttpResponse:
    counts = outbox_of(council).aggregate(
        **{key: Count("pk", filter=Q(state__in=states)) for key, (_label, states) in TABS.items()}
    )
    if chosen not in TABS:
        chosen = next((key for key in FIRST if counts[key]), "klaar")
    listed = outbox_of(council).filter(state__in=TABS[chosen][1])
    paginator = Paginator(listed.select_related("person").order_by("-created_at", "-pk"), PER_PAGE)
    paginator.count = counts[chosen]  # counted above
    page = paginator.get_page(request.GET.get("page"))
    idle = listed.exclude(state__in=[MessageState.SENDING, MessageState.COLLECTED])
    groups = groups_of(idle, least=LEAST[chosen]) if chosen in LEAST else []
    subjects = {(group["kind"], group["cause"]): group["subject"] for group in groups}
    if chosen == "papier" and counts["papier"] and form is None:
        form = PostedTogetherForm(groups=groups, total=counts["papier"])
    if form:
        form.action = reverse("councils:post_together", args=[council.slug])
    context = {
        "council": council, "page": page, "chosen": chosen,
        "rows": [described(one, subjects) for one in page.object_list], "groups": groups, "form": form,
        "tabs": [{"key": key, "label": label, "count": counts[key], "current": key == chosen}
                 for key, (label, _states) in TABS.items()],
    }  # fmt: skip
    return render(request, "councils/post_room.html", context, status=status)


@require_safe
@requires("councils.see_post")
def message_page(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    return one_page(request, found, find(found, public_id))


def one_page(
    request: HttpRequest, council: Council, message: Message, form: OwnWordsForm | None = None, status: int = 200
) -> HttpResponse:
    may_write = message.state in (MessageState.WAITING, MessageState.HELD)
    if form is None and may_write:
        form = OwnWordsForm(initial={"own_words": message.own_words})
    if form:
        form.action = reverse("councils:post_words", args=[council.slug, message.public_id])
    context = {
        "council": council, "message": described(message), "preview": preview(message), "form": form,
    }  # fmt: skip
    return render(request, "councils/post_message.html", context, status=status)


@require_safe
@csp(OF_MAIL)  # type: ignore[arg-type]
@requires("councils.see_post")
def message_html(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """The formatted part, alone, as a mail program draws it."""
    found = get_for(request, Council, slug=council)
    made = preview(find(found, public_id))
    if not made.html:
        return HttpResponse(made.note or made.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(made.html)


@require_POST
@requires("councils.see_post")
def write_words(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    message = find(found, public_id)
    form = OwnWordsForm(request.POST)
    if form.is_valid():
        try:
            outbox.write_own_words(message, form.cleaned_data["own_words"], by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            told.success(request, _("Your words are in the mail. Below you see the mail as it will go out."))
            return redirect("councils:post_message", found.slug, message.public_id)
    return one_page(request, found, message, form, status=422)


@require_POST
@requires("councils.see_post")
def act(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    message = find(found, public_id)
    verb = ACTIONS.get(request.POST.get("do", ""))
    try:
        if verb is None:
            raise Refused(_("Choose what must be done with this message."))
        verb(message, by=request.user.person)
        told.success(request, done_words(request.POST["do"]) % {"name": message.person.name})
    except Refused as refused:
        told.error(request, str(refused))
    return redirect("councils:post_message", found.slug, message.public_id)


def done_words(do: str) -> str:
    return {
        "hold": _("The message to %(name)s waits until you let it go."),
        "drop": _("The message to %(name)s does not go."),
        "paper": _("The message to %(name)s goes on paper. Print it at its meeting or advice."),
        "posted": _("The message to %(name)s is in the post."),
    }.get(do) or _("The message to %(name)s goes out now.")


@require_POST
@requires("councils.see_post")
def act_together(request: PortalRequest, council: str) -> HttpResponse:
    """All of one cause: hold back or let go. Or all on paper: in the post since a day."""
    found = get_for(request, Council, slug=council)
    do, key = request.POST.get("do", ""), request.POST.get("which", "")
    if do not in TOGETHER:
        return posted_together(request, found)
    state, verb = TOGETHER[do]
    number = verb(of_group(outbox_of(found).filter(state=state), key), by=request.user.person)
    words = {
        "hold": ngettext(
            "%(n)d message waits until you let it go.", "%(n)d messages wait until you let them go.", number
        ),
        "release": ngettext("%(n)d message goes out now.", "%(n)d messages go out now.", number),
    }[do]
    told.success(request, words % {"n": number})
    return redirect("councils:post_room", found.slug)


def posted_together(request: PortalRequest, council: Council) -> HttpResponse:
    on_paper = outbox_of(council).filter(state=MessageState.PAPER)
    form = PostedTogetherForm(request.POST, groups=groups_of(on_paper, least=LEAST["papier"]), total=on_paper.count())
    if form.is_valid():
        which = form.cleaned_data["which"]
        chosen = on_paper if which == ALL else of_group(on_paper, which)
        try:
            number = outbox.mark_all_posted(
                chosen.order_by("pk"), by=request.user.person, posted_on=form.cleaned_data["posted_on"]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            words = ngettext("%(n)d message is in the post.", "%(n)d messages are in the post.", number)
            told.success(request, words % {"n": number})
            return redirect("councils:post_room", council.slug)
    return room_page(request, council, "papier", form, status=422)
