"""Another view in the letter: the page on which its author writes it, and where the secretary enters one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from advice.actions import minority_views
from advice.forms.opinions import EnterViewForm, OwnViewForm
from advice.models import Advice, MinorityView
from advice.states import NOT_GONE_YET
from advice.views.drafting import find_advice, here
from advice.views.pressing import pressed
from councils.rulebook import rulebook_for
from portal.access import PortalRequest, Refused, get_for, requires

VIEWS = MinorityView.objects.exclude(author=None).select_related("advice__council", "author", "entered_by")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.give_opinion")
def own_view(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    """Write one; who has one already goes on with that one."""
    advice = find_advice(request, council, public_id)
    mine = advice.minority_views.filter(author=request.user.person_id).first()
    if mine:
        return redirect(here(advice, "change_view", mine.public_id))
    form = OwnViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            minority_views.write_view(advice, by=request.user.person, **form.given())
        except Refused as refused:
            form.refuse(refused)
        else:
            return kept(request, advice)
    return view_page(request, advice, form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.change_own_view")
def change_view(request: PortalRequest, council: str, public_id: str, view: str) -> HttpResponse:
    """Only for its author. Everybody else of the room, the secretary too, is refused."""
    found = get_for(request, VIEWS, advice__council__slug=council, advice__public_id=public_id, public_id=view)
    advice = found.advice
    signed = "name" if found.author and found.by == found.author.name else "member"
    form = OwnViewForm(request.POST or None, initial={"text": found.text, "signed": signed})
    if request.method == "POST" and "weghalen" in request.POST:
        return pressed(
            request, lambda: minority_views.withdraw_view(found, by=request.user.person),
            back=advice.get_absolute_url(), told=_("Your text does not stand in the letter any more."),
        )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            minority_views.change_view(found, by=request.user.person, **form.given())
        except Refused as refused:
            form.refuse(refused)
        else:
            return kept(request, advice)
    return view_page(request, advice, form, view=found)


def kept(request: PortalRequest, advice: Advice) -> HttpResponse:
    messages.success(request, _("Your text comes in the letter. You can change it until the letter goes."))
    return redirect(advice)


def view_page(
    request: PortalRequest, advice: Advice, form: OwnViewForm | EnterViewForm, *, view: MinorityView | None = None
) -> HttpResponse:
    form.cancel_url = advice.get_absolute_url()
    context = {
        "advice": advice, "council": advice.council, "form": form, "view": view,
        "rule": rulebook_for(advice.council).rule("minority_view"),
        "can_change": advice.state in NOT_GONE_YET,
        "on_behalf": isinstance(form, EnterViewForm),
    }  # fmt: skip
    return render(request, "advice/opinion_view.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("advice.speak_for")
def enter_view(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    advice = find_advice(request, council, public_id)
    form = EnterViewForm(request.POST or None, council=advice.council)
    if request.method == "POST" and form.is_valid():
        try:
            entered = minority_views.enter_view(advice, by=request.user.person, **form.given())
        except Refused as refused:
            form.refuse(refused)
        else:
            told = _("The other view of %(name)s is entered. %(name)s gets a message about it.")
            messages.success(request, told % {"name": entered.author.name if entered.author else ""})
            return redirect(advice)
    return view_page(request, advice, form)
