from django.urls import path

from meetings.views import holding, public

urlpatterns = [
    path("openbaar/<slug:council>/vergaderingen/", holding.public_list, name="public_list"),
    path("openbaar/<slug:council>/vergaderingen/<uuid:public_id>/", public.public_meeting, name="public_meeting"),
    path(
        "openbaar/<slug:council>/vergaderingen/<uuid:public_id>/agenda.ics", public.public_calendar_file,
        name="public_calendar_file",
    ),
    path("openbaar/bezoek/<str:token>/", public.visit, name="visit"),
]  # fmt: skip
