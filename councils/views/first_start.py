"""The first start of an empty portal, in four steps: you, your authority, your council, the rules."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from councils.actions.councils import create_authority, create_council
from councils.actions.first_start import make_first_account
from councils.forms.places import FirstAuthorityForm, FirstCouncilForm, FirstPersonForm
from councils.models import Authority, Council
from councils.views.administration import judge
from councils.views.answers import done, form_page
from portal.access import public, requires
from portal.accounts import may_set_up, portal_is_empty
from portal.models import User


@require_http_methods(["GET", "POST"])
@public
def you(request: HttpRequest) -> HttpResponse:
    if not portal_is_empty() or not may_set_up(request.GET.get("sleutel", "")):
        raise Http404
    form = FirstPersonForm(request.POST or None)
    made: list[User] = []
    if request.method == "POST" and done(form, lambda: made.append(make_first_account(**form.cleaned_data))):
        record_authentication(request, made[0], method="first_start")
        return perform_login(request, made[0], redirect_url=reverse("councils:first_authority"))
    return form_page(request, "councils/first_you.html", form)


@require_http_methods(["GET", "POST"])
@requires("councils.administer")
def authority(request: HttpRequest) -> HttpResponse:
    judge(request)
    form = FirstAuthorityForm(request.POST or None)
    if request.method == "POST" and done(form, lambda: create_authority(by=request.user.person, **form.facts())):
        return redirect("councils:first_council")
    return form_page(request, "councils/first_authority.html", form)


@require_http_methods(["GET", "POST"])
@requires("councils.administer")
def council(request: HttpRequest) -> HttpResponse:
    judge(request)
    newest = Authority.objects.order_by("-pk").first()
    form = FirstCouncilForm(request.POST or None, initial={"authority": newest})
    made: list[Council] = []
    if "preview" in request.POST:
        form.judge_number_only()
    elif request.method == "POST" and done(
        form, lambda: made.append(create_council(by=request.user.person, **form.facts()))
    ):
        messages.success(request, _("Your council is there, and you are its secretary."))
        return redirect(f"{reverse('councils:rules_add', args=[made[0].slug])}?begin")
    return form_page(request, "councils/first_council.html", form)
