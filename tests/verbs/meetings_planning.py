from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from meetings.actions import polls, templates, year
from meetings.models import MeetingTemplate


def span(days: int = 90) -> tuple:
    start = timezone.now() + timedelta(days=days)
    return start, start + timedelta(hours=2)


VERBS = {
    "plan a year": lambda w: year.plan_year(w.council, [span()], key=uuid4(), title="Vergadering", by=w.secretary),
    "open a date poll": lambda w: polls.open_poll(
        w.council, title="Overleg", kind="plenary", answer_by=timezone.localdate(), spans=[span(), span(97)],
        by=w.secretary,
    ),
    "answer a date poll": lambda w: polls.answer_poll(w.poll, w.member, {w.option.pk: "no"}, by=w.secretary),
    "choose a date": lambda w: polls.choose_date(w.option, by=w.secretary),
    "close a date poll": lambda w: polls.close_poll(w.poll, by=w.secretary),
    "remind of a date poll": lambda w: polls.remind_poll(w.poll),
    "save a template": lambda w: templates.save_template(
        w.council,
        MeetingTemplate(name="Bestuur", title="Overleg", starts=w.template.starts, ends=w.template.ends),
        by=w.secretary,
    ),
    "remove a template": lambda w: templates.remove_template(w.template, by=w.secretary),
    "copy a meeting": lambda w: templates.copy_meeting(
        w.meeting, items=[w.item.pk], title="Volgende", starts_at=span()[0], ends_at=span()[1], by=w.secretary
    ),
}  # fmt: skip
