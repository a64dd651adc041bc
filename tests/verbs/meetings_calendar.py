from meetings.actions import scheduling

VERBS = {"split a meeting": lambda w: scheduling.split_meeting(w.public_meeting, by=w.secretary)}
