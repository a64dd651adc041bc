from django.urls import URLPattern, URLResolver, include, path

from meetings.urls import agenda, feeds, holding, inviting, minutes, planning, public

app_name = "meetings"

# raad/<council>/vergaderingen/<public_id>/
one_meeting = [
    *planning.of_meeting,
    *agenda.of_meeting,
    *inviting.of_meeting,
    *holding.of_meeting,
    *minutes.of_meeting,
]
of_council: list[URLPattern | URLResolver] = [
    *planning.of_council,
    *agenda.of_council,
    *inviting.of_council,
    *holding.of_council,
    *minutes.of_council,
    *feeds.of_council,
    path("vergaderingen/<uuid:public_id>/", include(one_meeting)),
]
urlpatterns = [
    path("raad/<slug:council>/", include(of_council)),
    *agenda.without_council,
    *holding.without_council,
    *planning.without_council,
    *inviting.without_council,
    *public.urlpatterns,
    *minutes.public_minutes,
    *feeds.urlpatterns,
]
