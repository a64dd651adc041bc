from meetings.actions import inviting

VERBS = {
    "undo invitations": lambda w: inviting.undo_round(w.round, by=w.secretary),
    "send invitations now": lambda w: inviting.send_round_now(w.round, by=w.secretary),
    "withdraw an invitation": lambda w: inviting.withdraw_invitation(w.invitee, by=w.secretary),
}
