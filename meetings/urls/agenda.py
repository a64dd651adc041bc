from django.urls import path

from meetings.views import agenda, papers

of_meeting = [
    path("agenda/", agenda.overview, name="agenda"),
    path("agendapunten/nieuw/", agenda.add_item, name="add_item"),
    path("agendapunten/<int:item>/", agenda.edit_item, name="edit_item"),
    path("agendapunten/<int:item>/volgorde/", agenda.order_item, name="order_item"),
    path("agendapunten/<int:item>/weghalen/", agenda.remove_item, name="remove_item"),
    path("stukken/<int:paper>/", papers.paper, name="paper"),
    path("stukken/<int:paper>/wijzigen/", papers.edit_paper, name="edit_paper"),
    path("stukken/<int:paper>/weghalen/", papers.remove_paper, name="remove_paper"),
]
of_council: list = []
without_council = [
    path(
        "openbaar/<slug:council>/vergaderingen/<uuid:public_id>/stukken/<uuid:document>/",
        papers.public_paper,
        name="public_paper",
    ),
]
