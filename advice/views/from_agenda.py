"""The way from the long-term agenda to an advice of the council's own accord."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advice.actions.from_agenda import start_from_topic as start
from consultations.models import PolicyTopic
from councils.models import Council
from portal.access import PortalRequest, Refused, get_for, requires


@require_POST
@requires("advice.create")
def start_from_topic(request: PortalRequest, council: str, public_id: str) -> HttpResponse:
    room = get_for(request, Council, slug=council)
    topic = get_object_or_404(PolicyTopic.objects.announced().for_council(room), public_id=public_id)
    try:
        advice = start(room, topic, by=request.user.person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("consultations:council_topic", council, public_id)
    messages.success(request, _("The draft is there. Write the first part."))
    return redirect(advice)
