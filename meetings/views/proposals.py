"""Items that members propose, and what came of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from councils.models import Council
from meetings.actions import proposing
from meetings.forms.standing import DeclineProposalForm, ProposalForm
from meetings.models import ItemProposal
from meetings.terms import is_late_for
from portal.access import PortalRequest, Refused, get_for, requires

LATEST = 20


@require_http_methods(["GET", "POST"])
@requires("meetings.list")
def propose(request: PortalRequest, council: str) -> HttpResponse:
    """The form and what was proposed before: a member sees her own, who runs the meetings sees all."""
    found = get_for(request, Council, slug=council)
    by, runs = request.user.person, request.user.has_perm("meetings.schedule", found)
    form = ProposalForm(request.POST or None, council=found, by=by, on_behalf=runs)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = proposing.propose_item(found, **{"person": by, **form.cleaned_data}, by=by)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your proposal is saved. The secretary decides. You get a message."))
            if proposal.meeting and (warning := is_late_for(proposal.meeting)):
                messages.warning(request, warning)
            return redirect("meetings:propose", found.slug)
    seen = found.item_proposals.select_related("person", "meeting__council", "item").order_by("-proposed_at", "-pk")
    return render(
        request, "meetings/propose.html",
        {
            "council": found, "form": form, "runs": runs,
            "proposals": (seen if runs else seen.filter(person=by))[:LATEST],
        },
        status=422 if form.is_bound else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("meetings.manage")
def decline(request: PortalRequest, council: str, proposal: str) -> HttpResponse:
    proposals = ItemProposal.objects.select_related("council", "person")
    found = get_for(request, proposals, council__slug=council, public_id=proposal)
    form = DeclineProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proposing.decline(found, reason=form.cleaned_data["reason"], by=request.user.person)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. The member gets a message with your reason."))
            return redirect("meetings:propose", council)
    return render(
        request, "meetings/decline_proposal.html", {"council": found.council, "form": form, "proposal": found},
        status=422 if form.is_bound else 200,
    )  # fmt: skip
