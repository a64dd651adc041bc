"""Mail that was set aside: the secretary saw to it."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.access import Refused
from portal.audit import record
from portal.models import InboundMail, Person
from portal.states import InboundOutcome


@transaction.atomic
def settle_inbound(mail: InboundMail, *, by: Person) -> InboundMail:
    mail = InboundMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if mail.state == InboundOutcome.DONE:
        raise Refused(_("Somebody was before you: this mail is handled already."))
    mail.state = InboundOutcome.DONE
    mail.save(update_fields=["state"])
    record("inbound.settled", mail, by=by)
    return mail
