"""The page Spelregels: in the council's room and in public."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from councils.models import Council
from councils.rulebook import Outcome, Stack, stack_of, terms
from councils.rulebook.reading import read
from councils.rulebook.schema import is_date
from councils.rulebook.sentences import Who
from councils.states import AuthorityKind
from councils.views.public import public_desk
from portal.access import PortalRequest, get_for, public, requires
from portal.forms import DateField, PortalForm


class SumForm(PortalForm):
    """Which last days follow from a day of receipt."""

    method = "get"
    submit_label = gettext_lazy("Work it out")
    received = DateField(label=gettext_lazy("When does the request come in?"))


@require_safe
@requires("councils.view_room")
def rulebook(request: PortalRequest, council: str) -> HttpResponse:
    return render(request, "councils/rulebook.html", page(request, get_for(request, Council, slug=council)))


@require_safe
@public
def rulebook_public(request: HttpRequest, council: str) -> HttpResponse:
    found = get_object_or_404(Council, slug=council)
    return render(request, "councils/rulebook.html", {**page(request, found), "desk": public_desk(request, found)})


def page(request: HttpRequest, council: Council) -> dict[str, Any]:
    stack, on = stack_of(council), chosen_day(request)
    book = stack.on(on)
    asked = any(name.startswith("received") for name in request.GET)
    form = SumForm(request.GET if asked else None)
    return {
        "council": council,
        "on": on,
        "today": localdate(),
        "book": book,
        "groups": read(book, who_is_who(council, on)),
        "others": [instrument for instrument in stack.instruments if instrument not in book.instruments],
        "form": form,
        "sum": sums(stack, form.cleaned_data["received"]) if asked and form.is_valid() else None,
    }


def chosen_day(request: HttpRequest) -> date:
    """?dag=2024-01-01 shows the rules of that day."""
    try:
        typed = request.GET.get("dag", "")
        return date.fromisoformat(typed) if typed and is_date(typed) else localdate()
    except ValueError:
        return localdate()


def sums(stack: Stack, received: date) -> list[tuple[str, Outcome | None]]:
    advice = terms.advice_due(stack, request_date=received, receipt_date=received)
    latest = terms.advice_due_latest(stack, request_date=received, receipt_date=received)
    answer = terms.response_due(stack, issue_date=advice.day if advice else None)
    return [
        (_("Advice"), advice),
        (_("Advice, when the range is used to the end"), latest),
        (_("Answer, when the advice goes out on that day"), answer),
    ]


def who_is_who(council: Council, on: date) -> Who:
    served = [served.authority for served in council.served_bodies.current(on).select_related("authority")]
    kinds = {authority.kind for authority in served}
    if kinds == {AuthorityKind.JOINT_AUTHORITY}:
        return Who(council.name, _("the joint board"))
    if kinds == {AuthorityKind.NATIONAL_BODY} and len(served) == 1:
        return Who(council.name, served[0].name)
    return Who(council.name, _("the executive"))
