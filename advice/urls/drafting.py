from django.urls import include, path

from advice.urls import writing
from advice.views import commenting, deciding, drafting

one_advice = [
    path("", drafting.detail, name="detail"),
    path("brief/", drafting.details, name="edit_details"),
    path("reactie/", drafting.comment, name="comment"),
    path("reactie/<uuid:section>/", commenting.comment_on_paragraph, name="comment_on_paragraph"),
    path("besluit/", deciding.decide, name="decide"),
    path("besluit/uitkomst/", deciding.decided, name="decided"),
    path("heropenen/", deciding.open_again, name="reopen"),
    path("stoppen/", deciding.stop, name="drop"),
    *writing.urlpatterns,
]

urlpatterns = [
    path("raad/<slug:council>/adviezen/", drafting.advice_list, name="list"),
    path("raad/<slug:council>/adviezen/nieuw/", drafting.new, name="new"),
    path(
        "raad/<slug:council>/adviezen/nieuw/vraag/<uuid:public_id>/", drafting.new_for_request, name="new_for_request"
    ),
    path("raad/<slug:council>/adviezen/<uuid:public_id>/", include(one_advice)),
]
