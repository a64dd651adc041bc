from django.urls import path

from meetings.views import planning, polls, year

of_meeting = [
    path("", planning.detail, name="detail"),
    path("wijzigen/", planning.edit, name="edit"),
    path("afgelasten/", planning.cancel, name="cancel"),
]
of_council = [
    path("vergaderingen/", planning.meeting_list, name="list"),
    path("vergaderingen/nieuw/", planning.new, name="new"),
    path("vergaderingen/jaarplan/", year.year_plan, name="year_plan"),
    path("vergaderingen/datumprikker/", polls.new_poll, name="new_poll"),
    path("vergaderingen/datumprikker/<uuid:public_id>/", polls.poll, name="poll"),
    path(
        "vergaderingen/datumprikker/<uuid:public_id>/namens/<int:person>/",
        polls.poll_answer_for,
        name="poll_answer_for",
    ),
    path("vergaderingen/datumprikker/<uuid:public_id>/kiezen/", polls.choose_date, name="choose_date"),
    path("vergaderingen/datumprikker/<uuid:public_id>/sluiten/", polls.close_poll, name="close_poll"),
]
without_council = [path("datum/<str:token>/", polls.poll_link, name="poll_link")]
