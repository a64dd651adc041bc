from django.urls import path

from advice.views import answering

urlpatterns = [
    path("bestuur/<slug:authority>/adviezen/", answering.desk_list, name="desk_list"),
    path("bestuur/<slug:authority>/adviezen/<uuid:public_id>/", answering.desk_letter, name="desk_letter"),
    path("bestuur/<slug:authority>/adviezen/<uuid:public_id>/antwoord/", answering.answer, name="answer"),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/antwoord/", answering.register, name="register_response"
    ),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/antwoord/origineel/",
        answering.response_original,
        name="response_original",
    ),
]
