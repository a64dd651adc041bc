import json

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from meetings.actions import inviting, scheduling
from meetings.actions.posting import mark_phoned
from meetings.states import Answer
from tests.factories import MeetingFactory, MembershipFactory, PersonFactory


def test_the_command_tells_per_person_what_became_of_the_invitation(council, saskia, fatma, committing, capsys):
    on_paper = MembershipFactory(council=council, person=PersonFactory(name="Piet Papier", without_email=True)).person
    meeting = MeetingFactory(council=council)
    with committing():
        inviting.send_invitations(meeting, by=saskia.person)
        inviting.answer_invitation(meeting.invitees.get(person=fatma.person), Answer.ACCEPTED, by=fatma.person)
    with committing():
        scheduling.change_meeting(meeting, place="Bibliotheek", by=saskia.person)
    call_command("invitations", str(meeting.public_id), "--json")
    rows = {row["person"]: row for row in json.loads(capsys.readouterr().out)}
    sent = {one.to[0].partition(" <")[0]: one.extra_headers["Message-ID"] for one in mail.outbox}
    assert rows["Fatma Yılmaz"] == {
        "person": "Fatma Yılmaz", "channel": "email", "state": "sent", "sequence": 1,
        "message_id": sent["Fatma Yılmaz"], "answer": "accepted",
    }  # fmt: skip
    assert rows[on_paper.name] == {
        "person": on_paper.name, "channel": "paper", "state": "paper", "sequence": 1, "message_id": None,
        "answer": "none",
    }  # fmt: skip
    call_command("invitations", str(meeting.public_id))
    table = capsys.readouterr().out.splitlines()
    assert table[0].split() == ["person", "channel", "state", "sequence", "message_id", "answer"]
    assert len(table) == 4


def test_of_who_is_phoned_the_command_tells_whether_that_is_done(council, saskia, capsys):
    caller = PersonFactory(name="Bep Beller", email="", phone="0123 45 67 89")
    meeting = MeetingFactory(council=council)
    inviting.send_invitations(meeting, by=saskia.person, people=[inviting.Asked(caller)])
    found = []
    for _time in range(2):
        call_command("invitations", str(meeting.public_id), "--json")
        found += [(row["channel"], row["state"], row["message_id"]) for row in json.loads(capsys.readouterr().out)]
        mark_phoned(meeting.invitees.get(), by=saskia.person)
    assert found == [("phone", "to_call", None), ("phone", "phoned", None)]


@pytest.mark.parametrize("wrong", ["iets", "6c876c26-b4bd-49ef-ae1b-e60c93ab27c2"])
def test_an_unknown_meeting_is_said(db, wrong):
    with pytest.raises(CommandError, match="There is no meeting"):
        call_command("invitations", wrong)
