from django.urls import path

from meetings.views import planning, year

of_meeting = [
    path("", planning.detail, name="detail"),
    path("wijzigen/", planning.edit, name="edit"),
    path("afgelasten/", planning.cancel, name="cancel"),
]
of_council = [
    path("vergaderingen/", planning.meeting_list, name="list"),
    path("vergaderingen/nieuw/", planning.new, name="new"),
    path("vergaderingen/jaarplan/", year.year_plan, name="year_plan"),
]
