"""What we heard: kept without names, so that an advice can say what it rests on."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Activity, PolicyTopic
from councils.models import Council
from portal.access import Refused
from portal.audit import record
from portal.models import Person


@transaction.atomic
def add_activity(council: Council, *, by: Person, topics: Iterable[PolicyTopic] = (), **facts: object) -> Activity:
    check(facts)
    activity = Activity.objects.create(council=council, entered_by=by, **facts)
    activity.topics.set(topics)
    record("consultations.activity_added", activity, by=by)
    return activity


@transaction.atomic
def change_activity(
    activity: Activity, *, by: Person, topics: Iterable[PolicyTopic] | None = None, **facts: object
) -> Activity:
    check(facts)
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    for name, value in facts.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(facts))
    if topics is not None:
        activity.topics.set(topics)
    record("consultations.activity_changed", activity, by=by)
    return activity


@transaction.atomic
def delete_activity(activity: Activity, *, by: Person) -> None:
    """Remove what no recommendation rests on. What an advice uses stays: the letter says where it knows this from."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    if activity.is_public or activity.recommendations.exists():
        raise Refused(_("An advice rests on this. It cannot be deleted; you can change the text."))
    record("consultations.activity_deleted", activity, by=by)
    activity.delete()


def check(facts: dict[str, object]) -> None:
    held_on = facts.get("held_on")
    if held_on is not None and held_on > timezone.localdate():  # type: ignore[operator]
        raise Refused(_("This day lies in the future. Write down what was heard afterwards."), field="held_on")
