from django.urls import path

from meetings.views import holding

of_meeting = [path("aanwezig/", holding.attendance, name="attendance")]
of_council: list = []
