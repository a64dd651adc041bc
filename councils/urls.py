from django.urls import path

from councils.views import administration, desk, room, rulebook

app_name = "councils"

urlpatterns = [
    path("raad/<slug:council>/", room.home, name="room"),
    path("raad/<slug:council>/spelregels/", rulebook.rulebook, name="rulebook"),
    path("openbaar/<slug:council>/spelregels/", rulebook.rulebook_public, name="rulebook_public"),
    path("bestuur/<slug:authority>/", desk.home, name="desk"),
    path("beheer/", administration.overview, name="administration"),
]
