from django.urls import path

from meetings.views import answering, inviting, needs, paper

of_meeting = [
    path("uitnodigen/", inviting.invite, name="invite"),
    path("uitnodigen/versturen/", inviting.send, name="send_invitations"),
    path("uitnodigen/gast/", inviting.add_guest, name="add_guest"),
    path("uitnodigen/<int:round>/terug/", inviting.undo, name="undo_invitations"),
    path("uitnodigen/<int:round>/nu/", inviting.send_now, name="send_invitations_now"),
    path("genodigden/<int:invitee>/intrekken/", inviting.withdraw, name="withdraw_invitation"),
    path("antwoord/", answering.answer, name="answer"),
    path("antwoord/<int:invitee>/", answering.answer_for, name="answer_for"),
    path("antwoord/<int:invitee>/vervanger/", answering.deputy, name="deputy"),
    path("brieven.pdf", paper.letters, name="letters"),
    path("brieven/gepost/", paper.posted, name="posted"),
    path("bellijst/", paper.call_list, name="call_list"),
    path("bellijst/<int:invitee>/", paper.phoned, name="phoned"),
    path("zorglijst/", needs.care_list, name="care_list"),
    path("bezoekers/", needs.visitors, name="visitors"),
    path("agenda.ics", inviting.calendar_file, name="calendar_file"),
]
of_council = [path("mensen/<uuid:public_id>/nodig/", needs.needs_of, name="needs_of")]
without_council = [
    path("antwoord/<str:token>/", answering.answer_link, name="answer_link"),
    path("mijn/nodig/<slug:council>/", needs.own_needs, name="own_needs"),
]
