from django.urls import include, path

from advice.views import word

one_advice = [
    path("uit-word/", word.upload, name="word_upload"),
    path("uit-word/controle/", word.check, name="word_check"),
    path("concept.docx", word.draft, name="word_draft"),
]

urlpatterns = [path("raad/<slug:council>/adviezen/<uuid:public_id>/", include(one_advice))]
