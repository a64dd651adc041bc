"""The letter leaves: to the authority, to who gets a copy, and a receipt for the council. Each waits for its PDF."""

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advice.enclosures import MAIL_MOST, inside_and_apart
from advice.joint import joint_address
from advice.models import Letter, LetterCopy, LetterPdf
from councils.models import Council
from portal.documents import read
from portal.mail import compose, link
from portal.models import Message
from portal.post import NotYet, builds
from portal.topics import LETTERS


@builds("advice.letter", LETTERS, name=gettext_lazy("Letter to the authority"), must_go=True)
def letter(message: Message) -> EmailMultiAlternatives:
    copy = copy_of(message)
    facts = next((facts for facts in copy.letter.text.get("copies", []) if facts["slug"] == copy.authority.slug), {})
    desk_url = link(reverse("advice:desk_letter", args=[copy.authority.slug, copy.public_id]))
    return with_pdf(
        message, copy, template="advice/mail/letter",
        context={"salutation": facts.get("salutation", ""), "desk_url": desk_url},
    )  # fmt: skip


@builds("advice.letter_copy", LETTERS, name=gettext_lazy("Copy of a letter"), must_go=True)
def letter_copy(message: Message) -> EmailMultiAlternatives:
    """For who is named under "in afschrift aan" and has an e-mail address."""
    return with_pdf(message, copy_of(message), template="advice/mail/letter_copy", context={})


@builds("advice.letter_receipt", LETTERS, name=gettext_lazy("Receipt of a letter"))
def letter_receipt(message: Message) -> EmailMultiAlternatives:
    letter = Letter.objects.select_related("council", "advice").get(pk=message.about_id)
    copies = list(letter.copies.select_related("authority", "pdf__document").order_by("pk"))
    council = Council.objects.get(pk=message.council_id) if message.council_id else letter.council
    own = council == letter.council  # else it is a council that sends the letter along
    mail = compose(
        message,
        subject=subject_of(letter),
        template="advice/mail/letter_receipt",
        context={
            "letter": letter,
            "copies": copies,
            "council": council,
            "letter_url": link(
                reverse("advice:letter", args=[council.slug, letter.public_id])
                if own
                else joint_address(letter.advice, council)
            ),
        },
        sender=letter.council.name,
    )
    for copy in copies:
        attach(mail, copy, name=f"{letter.slug}-{copy.authority.slug}.pdf" if len(copies) > 1 else f"{letter.slug}.pdf")
    return mail


def with_pdf(message: Message, copy: LetterCopy, *, template: str, context: dict) -> EmailMultiAlternatives:
    council = copy.letter.council
    mail = compose(
        message,
        subject=subject_of(copy.letter),
        template=template,
        context={"letter": copy.letter, "copy": copy, "council": council, **context},
        sender=council.name,
        reply_to=council.email,
    )
    attach(mail, copy, name=f"{copy.letter.slug}.pdf")
    attach_apart(mail, copy)
    return mail


def attach_apart(mail: EmailMultiAlternatives, copy: LetterCopy) -> None:
    """The files that were too large to go inside the PDF, as far as a mailbox takes them; all stand on the desk."""
    room = MAIL_MOST - copy.pdf.document.size
    for document in inside_and_apart(copy.letter.text)[1]:
        if document.size <= room:
            room -= document.size
            mail.attach(document.name, read(document), document.content_type)


def attach(mail: EmailMultiAlternatives, copy: LetterCopy, *, name: str) -> None:
    try:
        document = copy.pdf.document
    except LetterPdf.DoesNotExist:
        raise NotYet("the PDF is not there yet") from None
    mail.attach(name, read(document), "application/pdf")


def copy_of(message: Message) -> LetterCopy:
    copies = LetterCopy.objects.select_related("letter__council", "authority", "pdf__document")
    return copies.get(pk=message.about_id)


def subject_of(letter: Letter) -> str:
    with override("nl"):  # the subject of a mail tells nothing about its content
        return _("Letter from %(council)s") % {"council": letter.council.name}
