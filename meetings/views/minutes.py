"""The minutes of one item: written while it happens, by more than one person, and nothing is lost."""

from datetime import date
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import minutes as writing
from meetings.actions.minutes import TEXTS, ItemText, StaleItem, TooLate
from meetings.actions.register import add_action
from meetings.emails.minutes import cause_of_round
from meetings.forms.minutes import ItemMinutesForm
from meetings.minutes import are_shown_to_members, is_adopted, is_public_now, minutes_of
from meetings.minutes_content import NOT_NOTED, content_of
from meetings.minutes_print import minutes_context, printed_item
from meetings.models import AgendaItem, ItemMinutesVersion, Minutes, MinutesCorrection
from meetings.people import people_of
from meetings.states import CorrectionState, MinutesState
from meetings.views.planning import find
from portal.access import PortalRequest, Refused, requires
from portal.dates import clock_time
from portal.differences import differences
from portal.models import Message
from portal.states import MessageState


def find_item(request: PortalRequest, council: str, public_id: str, item: int) -> AgendaItem:
    meeting = find(request, council, public_id)
    found = get_object_or_404(meeting.agenda_items, pk=item)
    found.meeting, found.council = meeting, meeting.council
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires("meetings.manage")
def write_item(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    found = find_item(request, council, public_id, item)
    by, people = request.user.person, people_of(found.council)
    if request.method != "POST":
        unsaved = writing.unsaved_of(found, by=by)
        chosen = unsaved if unsaved and request.GET.get("concept") == str(unsaved.pk) else None
        going = found.meeting.opened_at and not found.meeting.closed_at
        form = ItemMinutesForm.of(found, people=people, kept=chosen, then="table" if going else "next")
        return item_page(request, found, form, unsaved=None if chosen else unsaved, draft_in_field=chosen)
    form = ItemMinutesForm(request.POST, item=found, people=people)
    if not form.is_valid():
        return item_page(request, found, form, status=422)
    typed = form.text()
    try:
        saved = writing.write_item(
            found, report=typed.report, decision=typed.decision, public_report=typed.public_report,
            version=form.seen_version(), by=by,
        )  # fmt: skip
    except StaleItem as stale:
        return conflict(request, found, form, stale)
    except TooLate as late:
        return item_page(request, found, form, status=409, gone=late)
    except Refused as refused:
        form.refuse(refused)
        return item_page(request, found, form, status=409)
    given = form.cleaned_data
    if given["to_do"]:
        action = add_action(
            found.council, text=given["to_do"], owner=given["owner"], due_on=given["due_on"], item=saved, by=by
        )
        messages.success(request, _("Saved. The action has number %(number)s.") % {"number": action.number})
    else:
        messages.success(request, _("Saved."))
    return redirect(after_saving(found, given["then"]))


def after_saving(item: AgendaItem, then: str) -> str:
    """Back to the table, on to the next item, or to the minutes as a whole."""
    if then == "table":
        return reverse("meetings:lead", args=[item.council.slug, item.meeting.public_id])
    if then == "next":
        later = item.meeting.agenda_items.filter(position__gt=item.position).first()
        if later:
            return reverse("meetings:write_item", args=[item.council.slug, item.meeting.public_id, later.pk])
    return reverse("meetings:report", args=[item.council.slug, item.meeting.public_id])


def item_page(
    request: PortalRequest, item: AgendaItem, form: ItemMinutesForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    form.cancel_url = reverse("meetings:report", args=[item.council.slug, item.meeting.public_id])
    items = list(item.meeting.agenda_items.all())
    number = next(at for at, one in enumerate(items, 1) if one.pk == item.pk)
    context = {
        "council": item.council, "meeting": item.meeting, "item": item, "form": form, "items": items, "number": number,
        "actions": item.actions.select_related("owner").order_by("number"), "adopted": is_adopted(item.meeting),
        "has_started": item.meeting.has_started, **more,
    }  # fmt: skip
    return render(request, "meetings/write_item.html", context, status=status)


def conflict(request: PortalRequest, item: AgendaItem, late: ItemMinutesForm, stale: StaleItem) -> HttpResponse:
    """Both texts, what is different, and a form that saves on top of the newest."""
    current = stale.item
    typed = {name: late[name].value() for name in late.fields}
    form = ItemMinutesForm(item=current, people=people_of(item.council), initial={**typed, "version": current.version})
    form.submit_label = _("Save this as the text of the minutes")
    form.cancel_url = reverse("meetings:report", args=[item.council.slug, item.meeting.public_id])
    form.cancel_label = _("Leave the other text as it is")
    theirs = ItemText.of(current)
    rows = [
        {
            "label": form.fields[name].label, "mine": getattr(stale.typed, name), "theirs": getattr(theirs, name),
            "differences": differences(getattr(theirs, name), getattr(stale.typed, name)),
        }
        for name in TEXTS if getattr(stale.typed, name) != getattr(theirs, name) and name in form.fields
    ]  # fmt: skip
    context = {
        "council": item.council, "meeting": item.meeting, "item": current, "form": form, "rows": rows,
        "saved": stale.saved,
    }  # fmt: skip
    return render(request, "meetings/item_conflict.html", context, status=409)


@require_POST
@requires("meetings.manage")
def keep_item(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    """What is in the form now, for its author only."""
    found = find_item(request, council, public_id, item)
    form = ItemMinutesForm(request.POST, item=found, people=[])
    form.is_valid()
    kept = writing.keep_item_draft(found, form.text(), version=form.seen_version(), by=request.user.person)
    at = clock_time(kept.saved_at)
    return JsonResponse({"at": at, "said": _("Draft kept at %(time)s.") % {"time": at}})


@require_safe
@requires("meetings.manage")
def item_versions(request: PortalRequest, council: str, public_id: str, item: int) -> HttpResponse:
    """Every text that was submitted for an item, newest first, with what is different from the one before it."""
    found = find_item(request, council, public_id, item)
    kept = found.minutes_versions.select_related("saved_by").order_by("-pk")
    kept = kept.exclude(pk__in=kept.filter(automatic=True).exclude(saved_by=request.user.person).values("pk"))
    saves = list(kept[:100])
    by_version = {save.version: save for save in saves if save.version}
    rows = [
        {"save": save, "paragraphs": differences(whole(by_version.get(save.based_on)), whole(save))} for save in saves
    ]
    context = {"council": found.council, "meeting": found.meeting, "item": found, "rows": rows}
    return render(request, "meetings/item_versions.html", context)


def whole(save: ItemMinutesVersion | None) -> str:
    return "\n\n".join(filter(None, (getattr(save, name) for name in TEXTS))) if save else ""


@require_safe
@requires("meetings.view")
def report(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """The minutes as a whole. A member reads them from the correction round on; adopted ones from what was frozen."""
    meeting = find(request, council, public_id)
    can_manage = request.user.has_perm("meetings.manage", meeting)
    minutes = minutes_of(meeting)
    adopted = getattr(minutes, "adopted", None)
    may_read = can_manage or are_shown_to_members(meeting)
    content = (adopted.content if adopted else content_of(meeting)) if may_read else None
    corrections = list(minutes.corrections.select_related("person", "entered_by").order_by("pk")) if minutes else []
    items = list(meeting.agenda_items.all())
    context = {
        "council": meeting.council, "meeting": meeting, "can_manage": can_manage, "minutes": minutes,
        "adopted": adopted, "may_read": may_read, "report": minutes_context(content) if content else None,
        "rows": rows_of(content, items, corrections) if content else [],
        "general": [one for one in corrections if one.item_id is None] if may_read else [],
        "still_open": sum(one.state == CorrectionState.OPEN for one in corrections),
        "may_correct": bool(minutes) and minutes.state == MinutesState.CORRECTION,
        "is_public": bool(minutes) and is_public_now(minutes), "has_started": meeting.has_started,
        "is_written": any(item.report or item.decision for item in items), "today": timezone.localdate(),
        "letters": letters_of(minutes) if minutes and request.user.has_perm("meetings.print_post", meeting) else [],
        "not_noted": names_at(content, NOT_NOTED) if content and can_manage else [],
    }  # fmt: skip
    return render(request, "meetings/report.html", context)


def letters_of(minutes: Minutes) -> list[Message]:
    """Who does not read them by mail, and did not get them by post yet."""
    if minutes.state == MinutesState.DRAFT:
        return []
    found = Message.objects.filter(kind="meetings.minutes_to_read", cause=cause_of_round(minutes))
    return list(found.filter(state=MessageState.PAPER).select_related("person").order_by("person__name"))


def day_in(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def names_at(content: dict[str, Any], label: str) -> list[str]:
    return next((row["names"] for row in content["attendance"] if row["label"] == label), [])


def rows_of(
    content: dict[str, Any], items: list[AgendaItem], corrections: list[MinutesCorrection]
) -> list[dict[str, Any]]:
    """Each item as the minutes have it, with the row it came from and what members said of it."""
    return [
        {
            "printed": printed, "item": item,
            "actions": [one | {"due": day_in(one["due"])} for one in data.get("actions", [])],
            "corrections": [one for one in corrections if item and one.item_id == item.pk],
        }
        for printed, data, item in zip_longest(
            [printed_item(data) for data in content["items"]], content["items"], items[: len(content["items"])]
        )
    ]  # fmt: skip
