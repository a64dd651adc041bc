"""The people of a council."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as render_page
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.actions import members as actions
from councils.forms.people import LastDayForm, MemberForm, MemberListForm, NewMemberForm
from councils.models import Council, Membership
from councils.rules import LEADING
from councils.views.answers import done, form_page
from portal.access import Refused, get_for, requires
from portal.models import Invitation, User

FORMER_SHOWN = 100


def with_account_state(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Whether each person has an account, and until when an invitation is open."""
    account = User.objects.filter(person=OuterRef("person"))
    invitation = Invitation.objects.filter(person=OuterRef("person"), accepted_at=None)
    return memberships.select_related("person", "client_group").annotate(
        has_account=Exists(account), invited_until=Subquery(invitation.values("expires_at")[:1])
    )


@require_safe
@requires("councils.view_people")
def people(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    sets_up = request.user.has_perm("councils.manage_members", found)
    everyone = with_account_state(found.memberships.all())
    today = timezone.localdate()
    former = everyone.filter(ends_on__lt=today).order_by("-ends_on")[:FORMER_SHOWN] if sets_up else []
    return render_page(
        request,
        "councils/people.html",
        {
            "council": found,
            "members": everyone.current().order_by("person__name", "pk"),
            "coming": everyone.filter(starts_on__gt=today).order_by("starts_on", "person__name"),
            "former": former,
            "sets_up": sets_up,
            "now": timezone.now(),
        },
    )


@require_http_methods(["GET", "POST"])
@requires("councils.manage_members")
def add(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = NewMemberForm(request.POST or None, council=found)
    if request.method == "POST" and done(
        form,
        lambda: actions.add_member(
            found,
            by=request.user.person,
            **form.details(),
            **form.seat(),
            send_invitation=form.cleaned_data["send_invitation"],
        ),
    ):
        messages.success(request, _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]})
        return redirect("councils:people", found.slug)
    return form_page(request, "councils/member_add.html", form, council=found)


@require_http_methods(["GET", "POST"])
@requires("councils.manage_members")
def add_list(request: HttpRequest, council: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    form = MemberListForm(request.POST or None)
    added: list[Membership] = []

    def verb() -> None:
        answers = form.cleaned_data
        added.extend(
            actions.add_members(
                found,
                answers["people"],
                by=request.user.person,
                starts_on=answers["starts_on"],
                ends_on=answers["ends_on"],
                send_invitation=answers["send_invitation"],
            )
        )

    if request.method == "POST" and done(form, verb):
        skipped = len(form.cleaned_data["people"]) - len(added)
        messages.success(
            request, ngettext("%(n)d person was added.", "%(n)d people were added.", len(added)) % {"n": len(added)}
        )
        if skipped:
            words = ngettext("%(n)d person was a member already.", "%(n)d people were members already.", skipped)
            messages.info(request, words % {"n": skipped})
        return redirect("councils:people", found.slug)
    return form_page(request, "councils/member_list_add.html", form, council=found)


@require_http_methods(["GET", "POST"])
@requires("councils.manage_members")
def edit(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    membership = get_object_or_404(with_account_state(found.memberships.all()), public_id=public_id)
    may_edit = actions.may_edit_person(found, membership.person)
    form = MemberForm(request.POST or None, council=found, membership=membership, may_edit_person=may_edit)

    def verb() -> None:
        if may_edit:
            actions.change_member_details(membership, by=request.user.person, **form.details())
        actions.change_membership(membership, by=request.user.person, **form.seat())

    if request.method == "POST" and done(form, verb):
        messages.success(request, _("Saved."))
        return redirect("councils:people", found.slug)
    return form_page(
        request,
        "councils/member_edit.html",
        form,
        council=found,
        membership=membership,
        may_edit=may_edit,
        administers=request.user.has_perm("councils.administer"),
        may_sign=membership.role in LEADING and request.user.has_perm("councils.sign_for", membership),
    )


@require_http_methods(["GET", "POST"])
@requires("councils.manage_members")
def end(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    membership = get_object_or_404(found.memberships.select_related("person"), public_id=public_id)
    form = LastDayForm(request.POST or None, initial={"ends_on": membership.ends_on or timezone.localdate()})
    if request.method == "POST" and done(
        form, lambda: actions.end_membership(membership, form.cleaned_data["ends_on"], by=request.user.person)
    ):
        messages.success(request, _("The last day of %(name)s is noted.") % {"name": membership.person.name})
        return redirect("councils:people", found.slug)
    return form_page(request, "councils/member_end.html", form, council=found, membership=membership)


@require_POST
@requires("councils.manage_members")
def invite(request: HttpRequest, council: str, public_id: str) -> HttpResponse:
    found = get_for(request, Council, slug=council)
    membership = get_object_or_404(found.memberships.select_related("person"), public_id=public_id)
    try:
        actions.invite_member(membership, by=request.user.person)
        told = _("The invitation to %(name)s is on its way. An older link does not work any more.")
        messages.success(request, told % {"name": membership.person.name})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("councils:people", found.slug)
