from django.urls import path

from meetings.views import holding

of_meeting: list = []
of_council = [
    path("acties/", holding.action_list, name="actions"),
    path("acties/<str:number>/klaar/", holding.finish_action, name="finish_action"),
]
