from django.urls import include, path

from advice.views import deciding, drafting, writing

one_advice = [
    path("", drafting.detail, name="detail"),
    path("brief/", drafting.details, name="edit_details"),
    path("reactie/", drafting.comment, name="comment"),
    path("bewaard/", writing.saved_texts, name="saved_texts"),
    path("deel/nieuw/", writing.add_section, name="add_section"),
    path("deel/<uuid:section>/", writing.edit_section, name="edit_section"),
    path("deel/<uuid:section>/verplaatsen/", writing.move_section, name="move_section"),
    path("deel/<uuid:section>/weghalen/", writing.remove_section, name="remove_section"),
    path("aanbeveling/nieuw/", writing.add_recommendation, name="add_recommendation"),
    path("aanbeveling/<uuid:recommendation>/", writing.edit_recommendation, name="edit_recommendation"),
    path("aanbeveling/<uuid:recommendation>/verplaatsen/", writing.move_recommendation, name="move_recommendation"),
    path("aanbeveling/<uuid:recommendation>/weghalen/", writing.remove_recommendation, name="remove_recommendation"),
    path("besluit/", deciding.decide, name="decide"),
    path("besluit/uitkomst/", deciding.decided, name="decided"),
    path("heropenen/", deciding.open_again, name="reopen"),
    path("stoppen/", deciding.stop, name="drop"),
]

urlpatterns = [
    path("raad/<slug:council>/adviezen/", drafting.advice_list, name="list"),
    path("raad/<slug:council>/adviezen/nieuw/", drafting.new, name="new"),
    path(
        "raad/<slug:council>/adviezen/nieuw/vraag/<uuid:public_id>/", drafting.new_for_request, name="new_for_request"
    ),
    path("raad/<slug:council>/adviezen/<uuid:public_id>/", include(one_advice)),
]
