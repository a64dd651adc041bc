from django.urls import path

from advice.views import short

urlpatterns = [
    path("b/<slug:code>/", short.short, name="short"),
]
