"""The clock of the answer: more time, and what the council does when no answer comes."""

from django.urls import path

from advice.views import extending

urlpatterns = [
    path("bestuur/<slug:authority>/adviezen/<uuid:public_id>/meer-tijd/", extending.extend, name="extend_response"),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/verdaging/", extending.register,
        name="register_extension",
    ),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/verdaging/<int:pk>/origineel/", extending.original,
        name="extension_original",
    ),
]  # fmt: skip
