from django.urls import include, path

from advice.views import mandate, voting

one_advice = [
    path("stemming/", voting.vote, name="vote"),
    path("stemming/klaar/", voting.vote_done, name="vote_done"),
    path("stemming/openen/", voting.open_vote, name="open_vote"),
    path("stemming/namens/<int:elector>/", voting.vote_for, name="vote_for"),
    path("stemming/verschoning/", voting.recuse, name="recuse"),
    path("stemming/verlengen/", voting.extend, name="extend_vote"),
    path("stemming/stoppen/", voting.stop_vote, name="stop_vote"),
    path("stemming/sluiten/", voting.close_vote, name="close_vote"),
    path("mandaat/", mandate.mandate, name="mandate"),
    path("mandaat/bekrachtigen/", mandate.ratify, name="ratify"),
    path("mandaat/agenda/", mandate.put_on_agenda, name="ratify_agenda"),
]

urlpatterns = [path("raad/<slug:council>/adviezen/<uuid:public_id>/", include(one_advice))]
