from django.urls import path

from meetings.views import agenda

of_meeting = [
    path("agendapunten/nieuw/", agenda.add_item, name="add_item"),
    path("agendapunten/<int:item>/", agenda.edit_item, name="edit_item"),
    path("agendapunten/<int:item>/volgorde/", agenda.order_item, name="order_item"),
    path("agendapunten/<int:item>/weghalen/", agenda.remove_item, name="remove_item"),
    path("stukken/<int:paper>/", agenda.paper, name="paper"),
    path("stukken/<int:paper>/weghalen/", agenda.remove_paper, name="remove_paper"),
]
of_council: list = []
