from django.urls import path

from advice.views import answer_card, answering

urlpatterns = [
    path("bestuur/<slug:authority>/adviezen/", answering.desk_list, name="desk_list"),
    path("bestuur/<slug:authority>/adviezen/<uuid:public_id>/", answering.desk_letter, name="desk_letter"),
    path("bestuur/<slug:authority>/adviezen/<uuid:public_id>/antwoord/", answer_card.answer, name="answer"),
    path(
        "bestuur/<slug:authority>/adviezen/<uuid:public_id>/antwoord/lezen/",
        answer_card.preview,
        name="answer_preview",
    ),
    path(
        "bestuur/<slug:authority>/adviezen/<uuid:public_id>/antwoord/concept.pdf",
        answer_card.preview_pdf,
        name="answer_preview_pdf",
    ),
    path(
        "bestuur/<slug:authority>/adviezen/<uuid:public_id>/antwoord/akkoord/", answer_card.judge, name="judge_answer"
    ),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/antwoord/brief.pdf",
        answering.response_letter,
        name="response_letter",
    ),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/antwoord/", answering.register, name="register_response"
    ),
    path(
        "raad/<slug:council>/adviezen/brieven/<uuid:public_id>/antwoord/origineel/",
        answering.response_original,
        name="response_original",
    ),
]
