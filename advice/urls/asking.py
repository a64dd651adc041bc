from django.urls import path

from advice.views import asking

urlpatterns = [
    path(
        "bestuur/<slug:authority>/aanvragen/<uuid:public_id>/wie-antwoordde/", asking.desk_overview,
        name="desk_overview",
    ),
    path("raad/<slug:council>/verzoeken/<uuid:public_id>/wie-antwoordde/", asking.room_overview, name="room_overview"),
]  # fmt: skip
