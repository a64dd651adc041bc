from django.urls import include, path

from advice.views import word

one_advice = [
    path("uit-word/", word.upload, name="word_upload"),
    path("uit-word/controle/", word.check, name="word_check"),
    path("concept.docx", word.draft, name="word_draft"),
]

urlpatterns = [
    path("raad/<slug:council>/adviezen/<uuid:public_id>/", include(one_advice)),
    path("raad/<slug:council>/adviezen/brieven/<uuid:public_id>/brief.docx", word.letter, name="letter_word"),
    path("bestuur/<slug:authority>/adviezen/<uuid:public_id>/brief.docx", word.desk_letter, name="desk_word"),
    path("openbaar/<slug:council>/adviezen/<slug:slug>/brief.docx", word.public_letter, name="public_word"),
]
