from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from meetings.actions import parts, polls, templates, year
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
    "add a part": lambda w: parts.add_part(
        w.meeting, title="Deel", people=[w.member], starts_at=w.meeting.starts_at,
        ends_at=w.meeting.starts_at + timedelta(minutes=1), by=w.secretary,
    ),
    "write the result of a part": lambda w: parts.write_result(w.part, result="Akkoord.", by=w.secretary),
    "discuss a result": lambda w: parts.discuss_result(w.part, by=w.secretary),
    "save a template": lambda w: templates.save_template(
        w.council,
        MeetingTemplate(name="Bestuur", title="Overleg", starts=w.template.starts, ends=w.template.ends),
        by=w.secretary,
    ),
    "use a template": lambda w: templates.use_template(
        w.template, title="Volgende", starts_at=span()[0], ends_at=span()[1], by=w.secretary
    ),
    "remove a template": lambda w: templates.remove_template(w.template, by=w.secretary),
    "copy a meeting": lambda w: templates.copy_meeting(
        w.meeting, items=[w.item.pk], title="Volgende", starts_at=span()[0], ends_at=span()[1], by=w.secretary
    ),
}  # fmt: skip
