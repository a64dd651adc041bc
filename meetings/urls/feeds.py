from django.urls import path

from meetings.views import feeds, inbound

of_council = [
    path("post/antwoorden/", inbound.inbound, name="inbound"),
    path("post/antwoorden/<int:mail>/", inbound.settle, name="settle_inbound"),
]
urlpatterns = [
    path("mijn/agenda/", feeds.own_feed, name="own_feed"),
    path("agenda/<str:secret>.ics", feeds.feed, name="feed"),
    path("openbaar/<slug:council>/agenda.ics", feeds.public_feed, name="public_feed"),
]
