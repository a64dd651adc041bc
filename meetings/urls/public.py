from django.urls import path

from meetings.views import holding

urlpatterns = [path("openbaar/<slug:council>/vergaderingen/", holding.public_list, name="public_list")]
