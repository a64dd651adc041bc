from django.utils import timezone

from meetings.actions import inviting, needs, posting, visitors

VERBS = {
    "undo invitations": lambda w: inviting.undo_round(w.round, by=w.secretary),
    "send invitations now": lambda w: inviting.send_round_now(w.round, by=w.secretary),
    "state needs": lambda w: needs.state_needs(w.council, w.member, taxi=True, by=w.secretary),
    "need nothing any more": lambda w: needs.state_needs(w.council, w.member, by=w.member),
    "forget needs": lambda w: needs.forget(w.needs, by=None),
    "come and listen": lambda w: visitors.announce(w.public_meeting, name="Bezoeker"),
    "not come after all": lambda w: visitors.stay_away(w.visitor),
    "note that letters were posted": lambda w: posting.mark_posted(
        w.paper_invitee.meeting, on=timezone.localdate(), by=w.secretary
    ),
    "note a phone call": lambda w: posting.mark_phoned(w.invitee, by=w.secretary),
    "withdraw an invitation": lambda w: inviting.withdraw_invitation(w.invitee, by=w.secretary),
}
