from django.urls import path

from advice.views import public

urlpatterns = [
    path("openbaar/<slug:council>/adviezen/", public.public_list, name="public_list"),
    path("openbaar/<slug:council>/adviezen/<slug:slug>/", public.letter, name="public"),
    path(
        "openbaar/<slug:council>/adviezen/<slug:slug>/brief-<slug:authority>-groot.pdf",
        public.letter_large,
        name="public_large",
    ),
    path(
        "openbaar/<slug:council>/adviezen/<slug:slug>/brief-<slug:authority>.pdf", public.letter_pdf, name="public_pdf"
    ),
    path(
        "openbaar/<slug:council>/adviezen/<slug:slug>/antwoord-<slug:authority>.pdf",
        public.response_pdf,
        name="public_answer",
    ),
    path(
        "openbaar/<slug:council>/adviezen/<slug:slug>/stukken/<uuid:document>/",
        public.request_document,
        name="public_request_document",
    ),
    path("openbaar/<slug:council>/adviezen/<slug:slug>/origineel.pdf", public.original, name="public_original"),
]
