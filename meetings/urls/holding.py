from django.urls import path

from meetings.views import attendance, attended, table

of_meeting = [
    path("leiden/", table.lead, name="lead"),
    path("leiden/openen/", table.open_meeting, name="open_meeting"),
    path("leiden/punt/<int:item>/", table.go_to_item, name="go_to_item"),
    path("leiden/sluiten/", table.close_meeting, name="close_meeting"),
    path("leiden/heropenen/", table.reopen_meeting, name="reopen_meeting"),
    path("leiden/besluit/<int:item>/", table.decide, name="decide_at_item"),
    path("leiden/voorzitter/", table.choose_chair, name="choose_chair"),
    path("leiden/voorzitter/<int:item>/", table.choose_item_chair, name="choose_item_chair"),
    path("niet-meedoen/", table.recuse, name="recuse"),
    path("niet-meedoen/<int:recusal>/toch/", table.withdraw_recusal, name="withdraw_recusal"),
    path("aanwezig/", attendance.attendance, name="attendance"),
    path("aanwezig/komt/", attendance.arrive, name="arrive"),
    path("aanwezig/gaat/", attendance.leave, name="leave"),
    path("aanwezig/gast/", attendance.guest, name="note_guest"),
    path("aanwezig/gast/<int:guest>/weghalen/", attendance.remove_guest, name="remove_guest"),
    path("aanwezig/<int:invitee>/", attendance.presence, name="presence"),
    path("aanwezig/<int:invitee>/vervanger/", attendance.deputy, name="note_deputy"),
]
of_council = [
    path("vergoedingen/", attended.fees, name="fees"),
    path("vergoedingen.csv", attended.fees_csv, name="fees_csv"),
    path("deelname/", attended.participation, name="participation"),
]
without_council = [path("mijn/vergoeding/", attended.own_fees, name="own_fees")]
