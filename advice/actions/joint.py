"""A joint advice: each other council adopts the very text that the leading council adopted, or says no."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advice.joint import joint_standings, text_to_adopt, uses_portal
from advice.models import AdoptedText, Advice, EditorialText, JointAdoption
from advice.states import AdviceState
from consultations.recipients import leaders_of
from councils.models import Council
from portal.access import Refused
from portal.audit import record
from portal.models import Person
from portal.post import post
from portal.text import listed

Signing = Sequence[dict[str, str]]  # name, role


def ask_councils(advice: Advice, text: AdoptedText | EditorialText) -> None:
    """Who leads each other council hears that there is a text to adopt, or a newer one."""
    for council in advice.joint_with.order_by("pk"):
        for person in leaders_of(council):
            cause = f"text:{text.sha256[:16]}"
            post("advice.joint_asked", person, about=advice, cause=cause, council_id=council.pk)


@transaction.atomic
def adopt_jointly(
    advice: Advice, council: Council, *, decided_on: date, signatories: Signing, seen: str, by: Person
) -> JointAdoption:
    """This council adopts the text too. `seen`: the SHA-256 of the text that they read. Again: what is there."""
    advice, text = locked_text(advice, council, seen)
    check_day(decided_on)
    signing = checked(signatories)
    newest = newest_on(advice, council, text)
    if newest and (newest.decided_on, newest.signatories, newest.declined_because) == (decided_on, signing, ""):
        return newest
    return keep(advice, council, text, decided_on=decided_on, signatories=signing, by=by)


@transaction.atomic
def register_jointly(
    advice: Advice, council: Council, *, decided_on: date, signatories: Signing, proof: str, by: Person
) -> JointAdoption:
    """The secretary of the leading council puts on file what a council without the portal decided."""
    advice, text = locked_text(advice, council, None)
    if uses_portal(council):
        raise Refused(_("%(council)s works in the portal and adopts the text itself.") % {"council": council.name})
    check_day(decided_on)
    signing = checked(signatories)
    if not proof.strip():
        raise Refused(_("Write how you know that they adopted this text."), field="proof")
    facts = {"registered": True, "proof": proof.strip()[:300]}
    return keep(advice, council, text, decided_on=decided_on, signatories=signing, by=by, **facts)


@transaction.atomic
def decline_jointly(advice: Advice, council: Council, *, reason: str, seen: str, by: Person) -> JointAdoption:
    """This council does not adopt the text. The leading council hears why."""
    advice, text = locked_text(advice, council, seen)
    if not reason.strip():
        raise Refused(_("Write why your council does not adopt this text."), field="reason")
    today = timezone.localdate()
    return keep(advice, council, text, decided_on=today, signatories=[], by=by, declined_because=reason.strip())


def locked_text(advice: Advice, council: Council, seen: str | None) -> tuple[Advice, AdoptedText | EditorialText]:
    """The text as it will be sent, held until the end: an editorial version and sending wait for it."""
    advice = Advice.objects.select_for_update(of=("self",)).select_related("council").get(pk=advice.pk)
    if not advice.joint_with.filter(pk=council.pk).exists():
        raise Refused(_("Your council does not send this advice along."))
    if advice.state == AdviceState.ISSUED:
        raise Refused(_("The letter has been sent already."))
    text = text_to_adopt(advice) if advice.state == AdviceState.ADOPTED else None
    if text is None:
        raise Refused(_("%(council)s has not adopted this text yet.") % {"council": advice.council.name})
    if seen is not None and seen != text.sha256:
        raise Refused(_("The text has changed since you opened this page. Read it again first."))
    return advice, text


def check_day(decided_on: date) -> None:
    if decided_on > timezone.localdate():
        raise Refused(_("A decision cannot lie in the future."), field="decided_on")


def checked(signatories: Signing) -> list[dict[str, str]]:
    signing = [{"name": one["name"].strip(), "role": one["role"].strip()} for one in signatories if one["name"].strip()]
    if not signing:
        raise Refused(_("Fill in who signs for your council."), field="signatories")
    return signing


def newest_on(advice: Advice, council: Council, text: AdoptedText | EditorialText) -> JointAdoption | None:
    rows = JointAdoption.objects.filter(advice=advice, council=council, sha256=text.sha256)
    return rows.order_by("-pk").first()


def keep(
    advice: Advice, council: Council, text: AdoptedText | EditorialText, *, by: Person, **facts: object
) -> JointAdoption:
    row = JointAdoption.objects.create(advice=advice, council=council, sha256=text.sha256, recorded_by=by, **facts)
    record("joint.declined" if row.declined_because else "joint.adopted", row, by=by)
    for person in leaders_of(advice.council, but=by):
        post("advice.joint_settled", person, about=row, cause=f"joint:{row.pk}", council_id=advice.council_id)
    return row


# --- when it is sent --------------------------------------------------------


def check_joint(advice: Advice, text: AdoptedText | EditorialText, dated_on: date) -> None:
    """With the name of a council that did not adopt this very text, the letter would say what is not true."""
    standings = joint_standings(advice, text)
    lacking = [one.council.name for one in standings if one.state != "adopted"]
    if lacking:
        raise Refused(
            _("The letter cannot go yet. Not every council has adopted this text: %(names)s.")
            % {"names": listed(lacking)}
        )
    if any(one.row and one.row.decided_on > dated_on for one in standings):
        raise Refused(_("The letter cannot be older than the decision."), field="dated_on")
