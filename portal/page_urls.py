from django.urls import path

from portal.views.health import health

app_name = "portal"

urlpatterns = [
    path("healthz/", health, name="healthz"),
]
