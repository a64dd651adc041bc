from django.urls import path

from meetings.views import inviting

of_meeting = [
    path("uitnodigen/", inviting.invite, name="invite"),
    path("antwoord/", inviting.answer, name="answer"),
    path("antwoord/<int:invitee>/", inviting.answer_for, name="answer_for"),
    path("brieven.pdf", inviting.letters, name="letters"),
    path("agenda.ics", inviting.calendar_file, name="calendar_file"),
]
of_council: list = []
without_council = [path("antwoord/<str:token>/", inviting.answer_link, name="answer_link")]
