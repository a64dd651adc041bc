from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from meetings.actions.inviting import send_invitations
from meetings.forms.planning import MeetingForm
from portal.calendar import wall_clock
from tests.factories import MeetingFactory


@pytest.mark.parametrize(("change", "told"), [({"place": "Bibliotheek"}, True), ({"is_public": "on"}, False)])
def test_the_page_says_that_people_hear_of_a_change_only_when_they_do(council, saskia, sign_in, change, told):
    meeting = MeetingFactory(council=council, starts_at=wall_clock(localdate() + timedelta(days=14), time(19, 30)))
    send_invitations(meeting, by=saskia.person)
    form = MeetingForm(instance=meeting)
    start = form.initial["day"]
    data = {
        "title": meeting.title, "kind": meeting.kind, "place": meeting.place, "day": start.isoformat(),
        "starts": form.initial["starts"].strftime("%H.%M"), "ends": form.initial["ends"].strftime("%H.%M"), **change,
    }  # fmt: skip
    page = reverse("meetings:edit", args=[council.slug, meeting.public_id])
    client = sign_in(saskia)
    seal = client.post(page, data).context["outcome"].seal()
    response = client.post(page, data | {"_gezien": seal}, follow=True)
    assert ("krijgt bericht" in response.content.decode()) is told
