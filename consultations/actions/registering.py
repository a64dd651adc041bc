"""The secretary registers a request that came outside the portal."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.actions.requests import lay_before
from consultations.models import AdviceRequest, CouncilRequest
from consultations.states import Channel
from councils.models import Authority, Council
from portal.access import Refused
from portal.audit import record
from portal.dates import plain_date
from portal.models import Document, Person


@transaction.atomic
def register_request(
    council: Council, *, authority: Authority, subject: str, received_on: date, channel: str, by: Person,
    letter_date: date | None = None, original: Document | None = None, **facts: object,
) -> CouncilRequest:  # fmt: skip
    """The same dossier as one that came through the portal. The authority gets no mail; chair and secretary do.

    The term runs from the date of the letter or the day of receipt, as the rule book says.
    """
    check_dates(received_on, letter_date)
    if channel != Channel.PHONE and original is None:
        raise Refused(_("Add the letter or the mail itself. It is kept as the original."), field="original")
    if channel == Channel.PHONE and not str(facts.get("summary") or "").strip():
        raise Refused(_("There is no letter. Write down what was asked."), field="summary")
    if not council.authorities.filter(pk=authority.pk).exists():
        raise Refused(_("%(council)s does not advise %(authority)s.") % {"council": council, "authority": authority})
    refuse_twice(council, authority, subject, str(facts.get("reference") or ""), letter_date)
    request = AdviceRequest.objects.create(
        authority=authority, subject=subject, channel=channel, letter_date=letter_date,
        original=original, registered=True, created_by=by, submitted_at=timezone.now(), contact=None, **facts,
    )  # fmt: skip
    record("consultations.request_registered", request, by=by)
    return lay_before(request, council, received_on=received_on, by=by, but=by)


def check_dates(received_on: date, letter_date: date | None) -> None:
    if received_on > timezone.localdate():
        raise Refused(_("The day of receipt lies in the future. Check the date."), field="received_on")
    if letter_date and letter_date > received_on:
        raise Refused(_("The date on the letter is later than the day of receipt. Check both."), field="letter_date")


def refuse_twice(
    council: Council, authority: Authority, subject: str, reference: str, letter_date: date | None
) -> None:
    """The same letter is registered once: by its reference, or by date and subject when it has none."""
    same = CouncilRequest.objects.filter(council=council, request__authority=authority)
    if reference:
        same = same.filter(request__reference__iexact=reference)
    elif letter_date:
        same = same.filter(request__letter_date=letter_date, request__subject__iexact=subject)
    else:
        return
    twin = same.first()
    if twin:
        raise Refused(
            _("This letter is in the portal already: it was received on %(day)s.")
            % {"day": plain_date(twin.received_on)},
            field="reference" if reference else "subject",
        )
