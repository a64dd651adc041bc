from django.urls import path

from councils.views import (
    administration,
    appointments,
    desk,
    elections,
    first_start,
    members,
    pictures,
    post,
    profile,
    public,
    room,
    rulebook,
    setup,
)

app_name = "councils"

urlpatterns = [
    # The council's room
    path("raad/<slug:council>/", room.home, name="room"),
    path("raad/<slug:council>/spelregels/", rulebook.rulebook, name="rulebook"),
    path("raad/<slug:council>/mensen/", members.people, name="people"),
    path("raad/<slug:council>/mensen/toevoegen/", members.add, name="member_add"),
    path("raad/<slug:council>/mensen/lijst/", members.add_list, name="member_list_add"),
    path("raad/<slug:council>/mensen/<uuid:public_id>/", members.edit, name="member"),
    path("raad/<slug:council>/mensen/<uuid:public_id>/einde/", members.end, name="member_end"),
    path("raad/<slug:council>/mensen/<uuid:public_id>/uitnodigen/", members.invite, name="member_invite"),
    path("raad/<slug:council>/mensen/<uuid:public_id>/handtekening/", pictures.signature, name="signature"),
    path(
        "raad/<slug:council>/mensen/<uuid:public_id>/handtekening.png", pictures.signature_file, name="signature_file"
    ),
    path(
        "raad/<slug:council>/mensen/<uuid:public_id>/handtekening/weg/",
        pictures.signature_remove,
        name="signature_remove",
    ),
    path("raad/<slug:council>/verkiezingen/", elections.elections, name="elections"),
    path("raad/<slug:council>/verkiezingen/nieuw/", elections.open_election, name="election_open"),
    path("raad/<slug:council>/verkiezingen/<uuid:public_id>/", elections.election, name="election"),
    path("raad/<slug:council>/verkiezingen/<uuid:public_id>/stem/", elections.vote, name="election_vote"),
    path(
        "raad/<slug:council>/verkiezingen/<uuid:public_id>/namens/", elections.vote_for_other, name="election_for_other"
    ),
    path("raad/<slug:council>/verkiezingen/<uuid:public_id>/sluiten/", elections.close, name="election_close"),
    path("raad/<slug:council>/verkiezingen/<uuid:public_id>/herinneren/", elections.remind, name="election_remind"),
    path("raad/<slug:council>/post/", post.post_room, name="post_room"),
    path("raad/<slug:council>/post/samen/", post.act_together, name="post_together"),
    path("raad/<slug:council>/post/<uuid:public_id>/", post.message_page, name="post_message"),
    path("raad/<slug:council>/post/<uuid:public_id>/doen/", post.act, name="post_act"),
    path("raad/<slug:council>/post/<uuid:public_id>/woorden/", post.write_words, name="post_words"),
    path("raad/<slug:council>/post/<uuid:public_id>/mail/", post.message_html, name="post_mail"),
    path("raad/<slug:council>/beheer/", setup.setup, name="setup"),
    path("raad/<slug:council>/beheer/gegevens/", setup.council_details, name="council_details"),
    path("raad/<slug:council>/beheer/logo/", pictures.logo, name="logo"),
    path("raad/<slug:council>/beheer/logo.png", pictures.logo_file, name="logo_file"),
    path("raad/<slug:council>/beheer/logo/weg/", pictures.logo_remove, name="logo_remove"),
    path("raad/<slug:council>/beheer/adviseert/", setup.served_add, name="served_add"),
    path("raad/<slug:council>/beheer/adviseert/<int:pk>/", setup.served_period, name="served_period"),
    path("raad/<slug:council>/beheer/doelgroepen/", setup.groups, name="groups"),
    path("raad/<slug:council>/beheer/doelgroepen/<int:pk>/weg/", setup.group_remove, name="group_remove"),
    path("raad/<slug:council>/beheer/regels/", setup.rules, name="rules_add"),
    path("raad/<slug:council>/beheer/regels/<int:pk>/", setup.rules, name="rules"),
    # The authority's desk
    path("bestuur/<slug:authority>/", desk.home, name="desk"),
    path("bestuur/<slug:authority>/mensen/", appointments.people, name="appointments"),
    path("bestuur/<slug:authority>/mensen/toevoegen/", appointments.add, name="appointment_add"),
    path("bestuur/<slug:authority>/mensen/<uuid:public_id>/einde/", appointments.end, name="appointment_end"),
    path(
        "bestuur/<slug:authority>/mensen/<uuid:public_id>/uitnodigen/", appointments.invite, name="appointment_invite"
    ),
    path("bestuur/<slug:authority>/gegevens/", appointments.details, name="authority_details"),
    path("bestuur/<slug:authority>/antwoordbrief/", appointments.answer_letter, name="answer_letter"),
    # Administration, and the first start of an empty portal
    path("beheer/", administration.overview, name="administration"),
    path("beheer/bestuursorgaan/", administration.authority_add, name="authority_add"),
    path("beheer/adviesraad/", administration.council_add, name="council_add"),
    path("beheer/beheerder/", administration.administrator_add, name="administrator_add"),
    path("beheer/beheerder/<uuid:public_id>/einde/", administration.administrator_end, name="administrator_end"),
    path("beheer/persoon/<uuid:public_id>/e-mail/", administration.person_email, name="person_email"),
    path("begin/", first_start.you, name="first_start"),
    path("begin/bestuursorgaan/", first_start.authority, name="first_authority"),
    path("begin/adviesraad/", first_start.council, name="first_council"),
    # One's own, and public
    path("mijn/gegevens/", profile.profile, name="profile"),
    path("", public.front, name="front"),
    path("openbaar/<slug:council>/", public.council, name="public"),
    path("openbaar/<slug:council>/spelregels/", rulebook.rulebook_public, name="public_rulebook"),
]
