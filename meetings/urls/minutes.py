from django.urls import path

from meetings.views import minutes, register

of_meeting = [
    path("verslag/", minutes.report, name="report"),
    path("verslag/<int:item>/", minutes.write_item, name="write_item"),
    path("verslag/<int:item>/concept/", minutes.keep_item, name="keep_item"),
    path("verslag/<int:item>/versies/", minutes.item_versions, name="item_versions"),
]
of_council = [
    path("acties/", register.action_list, name="actions"),
    path("acties/<str:number>/klaar/", register.finish_action, name="finish_action"),
]
