from django.urls import path

from meetings.views import agenda, packs, papers, proposals, standing

of_meeting = [
    path("agenda/", agenda.overview, name="agenda"),
    path("agenda/aangeboden/", agenda.place_offer, name="place_offer"),
    path("agendapunten/nieuw/", agenda.add_item, name="add_item"),
    path("agendapunten/<int:item>/", agenda.edit_item, name="edit_item"),
    path("agendapunten/<int:item>/volgorde/", agenda.order_item, name="order_item"),
    path("agendapunten/<int:item>/weghalen/", agenda.remove_item, name="remove_item"),
    path("pakket/", packs.overview, name="packs"),
    path("pakket/maken/", packs.ask, name="ask_pack"),
    path("pakket/<uuid:pack>/", packs.pack_file, name="pack_file"),
    path("pakket/<uuid:pack>/opnieuw/", packs.again, name="retry_pack"),
    path("pakket/<uuid:pack>/verstuurd/", packs.mark_sent, name="pack_sent"),
    path("stukken/<int:paper>/", papers.paper, name="paper"),
    path("stukken/<int:paper>/wijzigen/", papers.edit_paper, name="edit_paper"),
    path("stukken/<int:paper>/weghalen/", papers.remove_paper, name="remove_paper"),
]
of_council = [
    path("vaste-agendapunten/", standing.overview, name="standing"),
    path("vaste-agendapunten/gewone-lijst/", standing.start, name="start_standing"),
    path("vaste-agendapunten/<int:item>/", standing.edit, name="edit_standing"),
    path("vaste-agendapunten/<int:item>/volgorde/", standing.order, name="order_standing"),
    path("vaste-agendapunten/<int:item>/weghalen/", standing.remove, name="remove_standing"),
    path("agendapunt-voorstellen/", proposals.propose, name="propose"),
    path("voorgestelde-agendapunten/<uuid:proposal>/afwijzen/", proposals.decline, name="decline_proposal"),
]
without_council = [
    path(
        "openbaar/<slug:council>/vergaderingen/<uuid:public_id>/stukken/<uuid:document>/",
        papers.public_paper,
        name="public_paper",
    ),
]
