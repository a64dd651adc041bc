from django.urls import path

from meetings.views import holding

of_meeting = [path("verslag/", holding.report, name="report")]
of_council: list = []
