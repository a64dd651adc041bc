from django.urls import path

from advice.views import ladder

urlpatterns = [
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/rappel/<slug:kind>/", ladder.send, name="ladder"),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/rappel/<slug:kind>.pdf", ladder.letter_pdf,
        name="ladder_pdf",
    ),
]  # fmt: skip
