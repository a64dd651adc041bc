from django.urls import path

from advice.views import issuing, short_answers, slips

urlpatterns = [
    path("raad/<slug:council>/adviezen/<uuid:public_id>/versturen/", issuing.issue_advice, name="issue"),
    path("raad/<slug:council>/adviezen/<uuid:public_id>/concept.pdf", issuing.preview, name="issue_preview"),
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/", issuing.letter, name="letter"),
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/brief.pdf", issuing.letter_pdf, name="letter_pdf"),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/brief-groot.pdf",
        issuing.letter_large,
        name="letter_large",
    ),
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/origineel/", issuing.original, name="letter_original"),
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/openbaar/", issuing.publish_letter, name="publish"),
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/kort/", short_answers.change, name="short_answers"),
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/per-post/", issuing.on_paper, name="letter_on_paper"),
    path("raad/<slug:council>/adviezen/brieven/printen/", issuing.print_run, name="print_run"),
    path("raad/<slug:council>/adviezen/brieven/printen.pdf", issuing.print_run_pdf, name="print_run_pdf"),
    path("raad/<slug:council>/adviezen/brieven/leden.pdf", slips.slips_pdf, name="slips_pdf"),
    path("raad/<slug:council>/adviezen/brieven/gepost/", issuing.posted, name="mark_posted"),
]
