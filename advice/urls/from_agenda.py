from django.urls import path

from advice.views import from_agenda

urlpatterns = [
    path(
        "raad/<slug:council>/langetermijnagenda/<uuid:public_id>/advies/",
        from_agenda.start_from_topic,
        name="start_from_topic",
    ),
]
