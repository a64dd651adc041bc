from django.urls import path

from councils.views import administration, desk, room

app_name = "councils"

urlpatterns = [
    path("raad/<slug:council>/", room.home, name="room"),
    path("bestuur/<slug:authority>/", desk.home, name="desk"),
    path("beheer/", administration.overview, name="administration"),
]
