from django.urls import path

from advice.views import history

urlpatterns = [
    path("raad/<slug:council>/adviezen/brieven/oude-brief/", history.add_history_letter, name="add_history"),
]
