"""An advice of the council's own accord on a topic that was announced, and never asked."""

from django.db import transaction
from django.utils.translation import gettext as _

from advice.actions.drafting import start_unsolicited
from advice.models import Advice
from advice.states import NOT_GONE_YET, AdviceKind
from consultations.models import CouncilRequest, PolicyTopic
from consultations.states import RequestState
from councils.models import Council
from portal.access import Refused
from portal.models import Person


@transaction.atomic
def start_from_topic(council: Council, topic: PolicyTopic, *, by: Person) -> Advice:
    """The dossier of the topic. One that is being written already is it: two presses make one dossier."""
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    topic = PolicyTopic.objects.select_related("authority").get(pk=topic.pk)
    if not PolicyTopic.objects.on_agenda().for_council(council).filter(pk=topic.pk).exists():
        raise Refused(_("This topic is off the agenda. You can still begin an advice of your own at “Advices”."))
    asked = CouncilRequest.objects.filter(council=council, request__topic=topic)
    if asked.exclude(state=RequestState.WITHDRAWN).exists():
        raise Refused(_("Your council has been asked about this topic. Write the advice from that request."))
    begun = topic.advices.filter(council=council, kind=AdviceKind.UNSOLICITED, state__in=NOT_GONE_YET)
    advice = begun.order_by("created_at").first()
    return advice or start_unsolicited(
        council, subject=topic.name, authorities=[topic.authority], topic=topic, by=by
    )  # fmt: skip
