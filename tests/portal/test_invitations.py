import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.access import Refused
from portal.actions.invitations import accept, invite
from portal.actions.people import add_person, change_email, make_account
from portal.invitation_links import path_of
from portal.models import AuditEvent, Invitation, Message, Person, User
from tests.factories import PersonFactory


@pytest.fixture
def newcomer(db) -> Person:
    return PersonFactory(name="Nel O'Brien", email="nel@testdorp.test")


def link_in(letter) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/uitnodiging/\S+/)", letter.body)[1]


def test_an_invited_person_makes_an_account_and_is_signed_in(newcomer, saskia, council, client, committing):
    with committing():
        invite(newcomer, by=saskia.person, council_id=council.pk)
    letter = mail.outbox[0]
    assert letter.to == ["Nel O'Brien <nel@testdorp.test>"]
    assert letter.reply_to == ["saskia@testdorp.test"]
    assert letter.from_email.startswith("Adviesraad Testdorp <")
    assert "Nel O'Brien" in letter.body and "Nel" not in letter.subject
    url = link_in(letter)

    assert client.get(url).status_code == 200
    assert not User.objects.filter(person=newcomer).exists(), "looking changes nothing"

    response = client.post(url)
    assert response.status_code == 302 and response.url == "/mijn/"
    user = User.objects.get(person=newcomer)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(user.emailaddress_set.values_list("email", "verified", "primary")) == [(user.email, True, True)]
    events = AuditEvent.objects.filter(event__in=["invited", "account_made", "invitation_accepted"])
    assert [event.event for event in events.order_by("pk")] == ["invited", "account_made", "invitation_accepted"]


def test_a_link_works_once(newcomer, saskia, client):
    url = path_of(invite(newcomer, by=saskia.person))
    client.post(url)
    client.logout()
    response = client.post(url)
    assert response.status_code == 410
    assert "_auth_user_id" not in client.session
    assert User.objects.filter(person=newcomer).count() == 1


def test_a_link_expires_after_fourteen_days(newcomer, saskia, client):
    invitation = invite(newcomer, by=saskia.person)
    assert invitation.expires_at - timezone.now() > timedelta(days=13, hours=23)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for response in (client.get(path_of(invitation)), client.post(path_of(invitation))):
        assert response.status_code == 410
        assert "saskia@testdorp.test" in response.text, "the page says whom to ask for a new one"
    assert not User.objects.filter(person=newcomer).exists()


def test_sending_again_kills_the_old_link_and_renews_the_term(newcomer, saskia, chair, client, committing):
    with committing():
        old = path_of(invite(newcomer, by=saskia.person))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    with committing():
        new = path_of(invite(newcomer, by=chair.person))
    assert Invitation.objects.count() == 1
    assert client.post(old).status_code == 410
    assert len(mail.outbox) == 2 and link_in(mail.outbox[1]) == new
    assert client.post(new).status_code == 302


def test_a_forged_link_is_refused(newcomer, saskia, client):
    invitation = invite(newcomer, by=saskia.person)
    assert client.post(f"/uitnodiging/{invitation.public_id}:forged/").status_code == 410
    assert not User.objects.filter(person=newcomer).exists()


def test_who_has_an_account_needs_no_invitation(fatma, saskia):
    assert invite(fatma.person, by=saskia.person) is None
    assert not Message.objects.exists()


def test_an_account_that_came_in_between_ends_the_invitation_cleanly(newcomer, saskia, client):
    url = path_of(invite(newcomer, by=saskia.person))
    make_account(newcomer, by=None)
    response = client.post(url)
    assert response.status_code == 302 and response.url == "/account/login/"
    assert "_auth_user_id" not in client.session, "a second factor may not be passed by an old link"
    assert Invitation.objects.get().accepted_at is not None


def test_no_e_mail_no_invitation(saskia):
    with pytest.raises(Refused, match="heeft geen e-mailadres"):
        invite(PersonFactory(name="Henk", without_email=True), by=saskia.person)


def test_a_mail_that_waited_too_long_is_not_sent(newcomer, saskia, committing):
    with committing():
        invitation = invite(newcomer, by=saskia.person)
        accept(invitation)
    assert mail.outbox == []
    assert Message.objects.get().state == "dropped"


def test_a_known_address_finds_the_person_and_changes_nothing_of_hers(fatma, saskia):
    found = add_person("Iemand Anders", by=saskia.person, email=" FATMA@testdorp.test ", phone="1")
    assert found == fatma.person
    found.refresh_from_db()
    assert (found.name, found.phone) == ("Fatma Yılmaz", "")


def test_a_new_address_is_the_address_of_person_and_account(newcomer, administrator, client):
    user = make_account(newcomer, by=None)
    change_email(newcomer, "Nieuw@testdorp.test", by=administrator.person)
    newcomer.refresh_from_db()
    user.refresh_from_db()
    assert newcomer.email == user.email == user.emailaddress_set.get().email == "nieuw@testdorp.test"


def test_a_new_address_kills_the_invitation_to_the_old_one(newcomer, saskia, client):
    url = path_of(invite(newcomer, by=saskia.person))
    change_email(newcomer, "nieuw@testdorp.test", by=saskia.person)
    assert client.post(url).status_code == 410


def test_nobody_takes_the_address_of_another(newcomer, fatma, saskia):
    with pytest.raises(Refused) as refused:
        change_email(newcomer, fatma.email, by=saskia.person)
    assert refused.value.field == "email"


def test_a_failing_audit_row_leaves_no_account(newcomer, saskia, monkeypatch):
    invitation = invite(newcomer, by=saskia.person)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("portal.actions.invitations.record", fail)
    with pytest.raises(RuntimeError):
        accept(invitation)
    assert not User.objects.filter(person=newcomer).exists()


def test_an_administrator_helps_who_lost_her_mailbox(fatma, administrator, sign_in):
    response = sign_in(administrator).post(
        f"/beheer/persoon/{fatma.person.public_id}/e-mail/", {"email": "Fatma@Nieuw.test"}
    )
    assert response.status_code == 302
    fatma.refresh_from_db()
    assert fatma.email == fatma.person.email == "fatma@nieuw.test"
