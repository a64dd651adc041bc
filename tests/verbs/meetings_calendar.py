from meetings.actions import feeds, inbound, scheduling

VERBS = {
    "split a meeting": lambda w: scheduling.split_meeting(w.public_meeting, by=w.secretary),
    "make a feed address": lambda w: feeds.make_address(w.member, by=w.member),
    "revoke a feed address": lambda w: feeds.revoke_address(w.member, by=w.member),
    "settle a mail that came in": lambda w: inbound.settle_inbound(w.inbound_mail, by=w.secretary),
}
