from meetings.actions import minutes, register
from meetings.actions.minutes import ItemText

VERBS = {
    "write an item of the minutes": lambda w: minutes.write_item(
        w.item, report="Besproken.", decision="", version=w.item.version, by=w.secretary
    ),
    "keep a draft of an item": lambda w: minutes.keep_item_draft(
        w.item, ItemText(report="Bijna."), version=0, by=w.secretary
    ),
    "add an action": lambda w: register.add_action(w.council, text="Bellen", owner=w.member, by=w.secretary),
    "finish an action": lambda w: register.finish_action(w.action, by=w.secretary),
}
