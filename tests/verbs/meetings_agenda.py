from meetings.actions import agenda, offering, packs, papers, proposing, standing

VERBS = {
    "ask a pack": lambda w: packs.ask_pack(w.meeting, by=w.secretary),
    "ask packs in every size": lambda w: packs.ask_packs(w.meeting, by=w.secretary),
    "try a pack again": lambda w: packs.try_pack_again(w.failed_pack, by=w.secretary),
    "mark a pack sent": lambda w: packs.mark_pack_sent(w.pack, by=w.secretary),
    "change an agenda item": lambda w: agenda.change_item(w.item, title="Ander punt", by=w.secretary),
    "move an agenda item": lambda w: agenda.move_item(w.item, to=2, by=w.secretary),
    "start an agenda": lambda w: agenda.start_agenda(w.public_meeting, by=w.secretary),
    "start the standing items": lambda w: standing.start_standing(w.bare_council, by=w.secretary),
    "save a standing item": lambda w: standing.save_standing(w.council, w.standing, title="Begin", by=w.secretary),
    "move a standing item": lambda w: standing.move_standing(w.second_standing, up=True, by=w.secretary),
    "remove a standing item": lambda w: standing.remove_standing(w.standing, by=w.secretary),
    "propose an item": lambda w: proposing.propose_item(
        w.council, title="Bus", person=w.member, aim="discuss", minutes=10, by=w.member
    ),
    "take a proposal up": lambda w: proposing.take_up(w.item_proposal, w.public_meeting, by=w.secretary),
    "decline a proposal": lambda w: proposing.decline(w.item_proposal, reason="Nu niet.", by=w.secretary),
    "place an offer": lambda w: offering.place_offer(
        w.public_meeting, f"proposal:{w.item_proposal.pk}", by=w.secretary
    ),
    "place all offers": lambda w: offering.place_all(w.public_meeting, by=w.secretary),
    "add a paper": lambda w: papers.add_paper(w.empty_item, w.pdf, by=w.secretary),
    "change a paper": lambda w: papers.change_paper(
        w.paper, title="Ander stuk", visibility="confidential", embargo_until=None, by=w.secretary
    ),
    "remove a paper": lambda w: papers.remove_paper(w.paper, by=w.secretary),
}
