from django.urls import include, path

from meetings.views import holding, inviting, planning

app_name = "meetings"

# raad/<council>/vergaderingen/<public_id>/
one_meeting = [
    path("", planning.detail, name="detail"),
    path("wijzigen/", planning.edit, name="edit"),
    path("afgelasten/", planning.cancel, name="cancel"),
    path("uitnodigen/", inviting.invite, name="invite"),
    path("antwoord/", inviting.answer, name="answer"),
    path("antwoord/<int:invitee>/", inviting.answer_for, name="answer_for"),
    path("brieven.pdf", inviting.letters, name="letters"),
    path("agenda.ics", inviting.calendar_file, name="calendar_file"),
    path("verslag/", holding.report, name="report"),
    path("agendapunten/nieuw/", planning.add_item, name="add_item"),
    path("agendapunten/<int:item>/", planning.edit_item, name="edit_item"),
    path("agendapunten/<int:item>/volgorde/", planning.order_item, name="order_item"),
    path("agendapunten/<int:item>/weghalen/", planning.remove_item, name="remove_item"),
    path("stukken/<int:paper>/", planning.paper, name="paper"),
    path("stukken/<int:paper>/weghalen/", planning.remove_paper, name="remove_paper"),
]
urlpatterns = [
    path("raad/<slug:council>/vergaderingen/", planning.meeting_list, name="list"),
    path("raad/<slug:council>/vergaderingen/nieuw/", planning.new, name="new"),
    path("raad/<slug:council>/vergaderingen/<uuid:public_id>/", include(one_meeting)),
    path("raad/<slug:council>/acties/", holding.action_list, name="actions"),
    path("raad/<slug:council>/acties/<str:number>/klaar/", holding.finish_action, name="finish_action"),
    path("antwoord/<str:token>/", inviting.answer_link, name="answer_link"),
    path("openbaar/<slug:council>/vergaderingen/", holding.public_list, name="public_list"),
]
