from meetings.actions import adopting, correcting, minutes, publishing, register
from meetings.actions.minutes import ItemText


def adopt(w):
    correcting.settle_correction(w.correction, taken_over=True, answer="", by=w.secretary)
    return adopting.adopt_minutes(w.minutes, item=w.later_item, by=w.secretary)


VERBS = {
    "write an item of the minutes": lambda w: minutes.write_item(
        w.item, report="Besproken.", decision="", version=w.item.version, by=w.secretary
    ),
    "keep a draft of an item": lambda w: minutes.keep_item_draft(
        w.item, ItemText(report="Bijna."), version=0, by=w.secretary
    ),
    "ask for corrections": lambda w: (
        correcting.take_back_draft(w.minutes, by=w.secretary), correcting.ask_corrections(w.held, by=w.secretary)
    ),
    "take the draft back": lambda w: correcting.take_back_draft(w.minutes, by=w.secretary),
    "send a correction": lambda w: correcting.send_correction(
        w.minutes, text="Anders.", person=w.member, by=w.member
    ),
    "handle a correction": lambda w: correcting.settle_correction(
        w.correction, taken_over=False, answer="Zo was het.", by=w.secretary
    ),
    "adopt minutes": adopt,
    "publish minutes": lambda w: publishing.publish_minutes(w.adopted_minutes, {1: "Kort."}, by=w.secretary),
    "withdraw minutes": lambda w: publishing.withdraw_minutes(w.published_minutes, why="Fout.", by=w.secretary),
    "add an action": lambda w: register.add_action(w.council, text="Bellen", owner=w.member, by=w.secretary),
    "finish an action": lambda w: register.finish_action(w.action, by=w.secretary),
    "reopen an action": lambda w: register.reopen_action(w.done_action, by=w.secretary),
    "hand over an action": lambda w: register.hand_over_action(
        w.action, owner=w.secretary, due_on=None, by=w.secretary
    ),
    "import an action": lambda w: register.import_action(
        w.council, number="20221020148", text="Oud", owner=w.member, by=w.secretary
    ),
    "note a decision": lambda w: register.note_decision(w.held_item, text="Toch anders.", by=w.secretary),
    "replace a decision": lambda w: register.replace_decision(
        w.decision_row, replaced_by=w.later_decision, by=w.secretary
    ),
}  # fmt: skip
