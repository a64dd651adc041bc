from django.urls import include, path

from advice.views import reading, words

our_words = [
    path("", words.our_words, name="words"),
    path("beginnen/", words.start, name="start_words"),
    path("uitleg/nieuw/", words.add_term, name="add_term"),
    path("uitleg/<uuid:public_id>/", words.edit_term, name="edit_term"),
    path("uitleg/<uuid:public_id>/weghalen/", words.remove_term, name="remove_term"),
    path("liever/nieuw/", words.add_suggestion, name="add_suggestion"),
    path("liever/<uuid:public_id>/", words.edit_suggestion, name="edit_suggestion"),
    path("liever/<uuid:public_id>/weghalen/", words.remove_suggestion, name="remove_suggestion"),
]

urlpatterns = [
    path("raad/<slug:council>/adviezen/<uuid:public_id>/leescheck/", reading.whole_draft, name="reading"),
    path("raad/<slug:council>/woorden/", include(our_words)),
    path("openbaar/<slug:council>/woordenlijst/", words.public_glossary, name="public_glossary"),
]
