from django.urls import path

from advice.views import answering

urlpatterns = [
    path("bestuur/<slug:authority>/adviezen/", answering.desk_list, name="desk_list"),
    path("bestuur/<slug:authority>/adviezen/<uuid:public_id>/", answering.desk_letter, name="desk_letter"),
    path("bestuur/<slug:authority>/adviezen/<uuid:public_id>/antwoord/", answering.answer, name="answer"),
    path("bestuur/<slug:authority>/adviezen/toezeggingen/", answering.desk_commitments, name="desk_commitments"),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/antwoord/", answering.register, name="register_response"
    ),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/antwoord/origineel/",
        answering.response_original,
        name="response_original",
    ),
    path("raad/<slug:council>/adviezen/toezeggingen/", answering.commitments, name="commitments"),
    path(
        "raad/<slug:council>/adviezen/toezeggingen/<int:pk>/gedaan/", answering.commitment_done, name="commitment_done"
    ),
]
