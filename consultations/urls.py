from django.urls import include, path

from consultations.views import agenda, announcing, asking, desk, dossiers, heard, registering, topics

app_name = "consultations"

# bestuur/<authority>/aanvragen/<public_id>/
one_request = [
    path("", desk.request_page, name="request"),
    path("stap/<slug:step>/", asking.edit_step, name="step"),
    path("stukken/", asking.documents, name="draft_documents"),
    path("stukken/<uuid:document>/", desk.request_document, name="request_document"),
    path("stukken/<uuid:document>/weghalen/", asking.remove_document, name="remove_document"),
    path("controleren/", asking.check, name="check"),
    path("versturen/", asking.send, name="send"),
    path("weggooien/", asking.discard, name="discard"),
    path("vragen/<uuid:question>/", desk.answer_question, name="answer_question"),
    path("intrekken/<slug:council>/", desk.withdraw, name="withdraw"),
]
# raad/<council>/verzoeken/<public_id>/
one_dossier = [
    path("", dossiers.dossier, name="dossier"),
    path("aannemen/", dossiers.accept, name="accept"),
    path("afzien/", dossiers.decline, name="decline"),
    path("uitstel/", dossiers.extend, name="extend"),
    path("spoed/", dossiers.answer_urgency, name="answer_urgency"),
    path("vragen/", dossiers.ask, name="ask"),
    path("vragen/<uuid:question>/", dossiers.register_answer, name="register_answer"),
    path("agenda/", dossiers.place_on_agenda, name="place_on_agenda"),
    path("ingetrokken/", dossiers.register_withdrawal, name="register_withdrawal"),
    path("stukken/<uuid:document>/", dossiers.dossier_document, name="dossier_document"),
]
# bestuur/<authority>/agenda/ and raad/<council>/langetermijnagenda/
long_term_agenda = [
    path("bestuur/<slug:authority>/agenda/", agenda.agenda, name="agenda"),
    path("bestuur/<slug:authority>/agenda/nieuw/", announcing.announce, name="announce"),
    path("bestuur/<slug:authority>/agenda/<uuid:public_id>/", include([
        path("", agenda.topic, name="topic"),
        path("wijzigen/", announcing.change_announcement, name="change_announcement"),
        path("van-de-agenda/", announcing.drop_topic, name="drop_topic"),
        path("vragen/", agenda.ask_from_topic, name="ask_from_topic"),
        path("gesprek/", announcing.record_talk, name="record_talk"),
        path("gesprek/<uuid:talk>/", announcing.answer_talk, name="answer_talk"),
        path("gesprek/<uuid:talk>/verbeteren/", announcing.correct_talk, name="correct_talk"),
    ])),
    path("raad/<slug:council>/langetermijnagenda/", agenda.council_agenda, name="council_agenda"),
    path("raad/<slug:council>/langetermijnagenda/nieuw/", announcing.council_announce, name="council_announce"),
    path("raad/<slug:council>/langetermijnagenda/<uuid:public_id>/", include([
        path("", agenda.council_topic, name="council_topic"),
        path("wijzigen/", announcing.council_change_announcement, name="council_change_announcement"),
        path("van-de-agenda/", announcing.council_drop_topic, name="council_drop_topic"),
        path("gesprek/", announcing.council_record_talk, name="council_record_talk"),
        path("gesprek/<uuid:talk>/", announcing.council_answer_talk, name="council_answer_talk"),
        path("gesprek/<uuid:talk>/verbeteren/", announcing.council_correct_talk, name="council_correct_talk"),
    ])),
]  # fmt: skip
urlpatterns = [
    *long_term_agenda,
    path("bestuur/<slug:authority>/aanvragen/", desk.request_list, name="requests"),
    path("bestuur/<slug:authority>/aanvragen/nieuw/", asking.new_request, name="new_request"),
    path("bestuur/<slug:authority>/aanvragen/<uuid:public_id>/", include(one_request)),
    path("bestuur/<slug:authority>/onderwerpen/", topics.topics, name="topics"),
    path("bestuur/<slug:authority>/onderwerpen/nieuw/", topics.add_topic, name="add_topic"),
    path("bestuur/<slug:authority>/onderwerpen/<uuid:public_id>/", topics.edit_topic, name="edit_topic"),
    path("raad/<slug:council>/verzoeken/", dossiers.inbox, name="inbox"),
    path("raad/<slug:council>/verzoeken/registreren/", registering.register, name="register"),
    path("raad/<slug:council>/verzoeken/<uuid:public_id>/", include(one_dossier)),
    path("raad/<slug:council>/gehoord/", heard.heard_list, name="heard"),
    path("raad/<slug:council>/gehoord/nieuw/", heard.add_heard, name="add_heard"),
    path("raad/<slug:council>/gehoord/<uuid:public_id>/", heard.edit_heard, name="edit_heard"),
    path("raad/<slug:council>/gehoord/<uuid:public_id>/verwijderen/", heard.delete_heard, name="delete_heard"),
    path("raad/<slug:council>/onderwerpen/", topics.council_topics, name="council_topics"),
    path("raad/<slug:council>/onderwerpen/nieuw/", topics.add_council_topic, name="add_council_topic"),
    path("raad/<slug:council>/onderwerpen/<uuid:public_id>/", topics.edit_council_topic, name="edit_council_topic"),
]
