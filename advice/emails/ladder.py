"""A letter of the ladder leaves, with its PDF; the copy for the municipal council brings the advice along."""

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advice.enclosures import record_of
from advice.models import LadderLetter, LadderPdf
from advice.states import LadderKind
from portal.documents import read
from portal.mail import compose
from portal.models import Message
from portal.post import NotYet, builds
from portal.topics import LETTERS


@builds("advice.ladder", LETTERS, name=gettext_lazy("Reminder to the authority"), must_go=True)
def ladder(message: Message) -> EmailMultiAlternatives:
    found = LadderLetter.objects.select_related("copy__letter__council", "copy__letter__original", "council").get(
        pk=message.about_id
    )
    pdf = LadderPdf.objects.select_related("document").filter(letter=found).first()
    advice = record_of(found.copy) if found.kind == LadderKind.CLERK else None
    if pdf is None or (found.kind == LadderKind.CLERK and advice is None):
        raise NotYet("the PDF is not there yet")
    with override("nl"):  # the subject of a mail tells nothing about its content
        subject = _("Letter from %(council)s") % {"council": found.council.name}
    mail = compose(
        message, subject=subject, template="advice/mail/ladder", sender=found.council.name,
        reply_to=found.council.email, context={"text": found.text, "council": found.council, "with_advice": advice},
    )  # fmt: skip
    mail.attach(pdf.document.name, read(pdf.document), "application/pdf")
    if advice:
        mail.attach(f"{found.copy.letter.slug}.pdf", read(advice), "application/pdf")
    return mail
