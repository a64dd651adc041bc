from meetings.actions import agenda, papers

VERBS = {
    "change an agenda item": lambda w: agenda.change_item(w.item, title="Ander punt", by=w.secretary),
    "move an agenda item": lambda w: agenda.move_item(w.item, to=2, by=w.secretary),
    "start an agenda": lambda w: agenda.start_agenda(w.public_meeting, by=w.secretary),
    "add a paper": lambda w: papers.add_paper(w.empty_item, w.pdf, by=w.secretary),
    "change a paper": lambda w: papers.change_paper(
        w.paper, title="Ander stuk", visibility="confidential", embargo_until=None, by=w.secretary
    ),
    "remove a paper": lambda w: papers.remove_paper(w.paper, by=w.secretary),
}
