from django.urls import path

from meetings.views import consultations, parts, planning, polls, templates, year

of_meeting = [
    path("", planning.detail, name="detail"),
    path("wijzigen/", planning.edit, name="edit"),
    path("afgelasten/", planning.cancel, name="cancel"),
    path("kopie/", templates.copy, name="copy"),
    path("sjabloon/", templates.make_template, name="make_template"),
    path("delen/nieuw/", parts.add_part, name="add_part"),
    path("delen/melden/", parts.tell_parts, name="tell_parts"),
    path("deel/wijzigen/", parts.edit_part, name="edit_part"),
    path("deel/uitkomst/", parts.result, name="part_result"),
    path("deel/uitkomst/bespreken/", parts.discuss_result, name="discuss_result"),
]
of_council = [
    path("vergaderingen/", planning.meeting_list, name="list"),
    path("vergaderingen/nieuw/", planning.new, name="new"),
    path("vergaderingen/sjablonen/", templates.overview, name="templates"),
    path("vergaderingen/sjablonen/<int:template>/weg/", templates.remove, name="remove_template"),
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
without_council = [
    path("bestuur/<slug:authority>/overleggen/", consultations.consultations, name="consultations"),
    path(
        "bestuur/<slug:authority>/overleggen/stukken/<int:paper>/",
        consultations.consultation_paper,
        name="consultation_paper",
    ),
    path("datum/<str:token>/", polls.poll_link, name="poll_link"),
]
