from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from meetings.actions import templates, year
from meetings.models import MeetingTemplate


def span() -> tuple:
    start = timezone.now() + timedelta(days=90)
    return start, start + timedelta(hours=2)


VERBS = {
    "plan a year": lambda w: year.plan_year(w.council, [span()], key=uuid4(), title="Vergadering", by=w.secretary),
    "save a template": lambda w: templates.save_template(
        w.council,
        MeetingTemplate(name="Bestuur", title="Overleg", starts=w.template.starts, ends=w.template.ends),
        by=w.secretary,
    ),
    "remove a template": lambda w: templates.remove_template(w.template, by=w.secretary),
    "copy a meeting": lambda w: templates.copy_meeting(
        w.meeting, items=[w.item.pk], title="Volgende", starts_at=span()[0], ends_at=span()[1], by=w.secretary
    ),
}
