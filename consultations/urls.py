from django.urls import include, path

from consultations.views import asking, desk, dossiers, heard, registering, topics

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
urlpatterns = [
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
