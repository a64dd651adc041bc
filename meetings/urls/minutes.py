from django.urls import path

from meetings.views import correcting, minutes, publishing, register

of_meeting = [
    path("verslag/", minutes.report, name="report"),
    path("verslag/verslag.pdf", publishing.minutes_pdf, name="minutes_pdf"),
    path("verslag/<int:item>/", minutes.write_item, name="write_item"),
    path("verslag/<int:item>/concept/", minutes.keep_item, name="keep_item"),
    path("verslag/<int:item>/versies/", minutes.item_versions, name="item_versions"),
    path("verslag/rondsturen/", correcting.ask_corrections, name="ask_corrections"),
    path("verslag/terugnemen/", correcting.take_back, name="take_back_minutes"),
    path("verslag/correctie/", correcting.correct, name="correct"),
    path("verslag/correctie/<int:correction>/", correcting.settle, name="settle_correction"),
    path("verslag/vaststellen/", correcting.adopt, name="adopt_minutes"),
    path("verslag/openbaar/", publishing.publish, name="publish_minutes"),
    path("verslag/intrekken/", publishing.withdraw, name="withdraw_minutes"),
]
of_council = [
    path("acties/", register.action_list, name="actions"),
    path("acties/acties.csv", register.actions_csv, name="actions_csv"),
    path("acties/<str:number>/klaar/", register.finish_action, name="finish_action"),
    path("acties/<str:number>/heropenen/", register.reopen_action, name="reopen_action"),
    path("acties/<str:number>/overdragen/", register.hand_over_action, name="hand_over_action"),
    path("besluiten/", register.decision_list, name="decisions"),
    path("besluiten/besluiten.csv", register.decisions_csv, name="decisions_csv"),
    path("besluiten/<str:number>/vervangen/", register.replace_decision, name="replace_decision"),
]
public_minutes = [
    path(
        "openbaar/<slug:council>/vergaderingen/<uuid:public_id>/verslag/", publishing.public_minutes,
        name="public_minutes",
    ),
    path(
        "openbaar/<slug:council>/vergaderingen/<uuid:public_id>/verslag.pdf", publishing.public_minutes_pdf,
        name="public_minutes_pdf",
    ),
    path("openbaar/<slug:council>/besluiten/", register.public_decisions, name="public_decisions"),
]  # fmt: skip
