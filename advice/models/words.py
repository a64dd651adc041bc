"""The words of a council: what it explains, what it says instead, and how its letters are built up."""

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from advice.states import DocumentKind
from councils.models import Council
from councils.querysets import OfCouncilQuerySet


class GlossaryTerm(models.Model):
    """A word that is explained at its first use: on the page to open, in the PDF as a footnote."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="glossary")
    term = models.CharField(_("Word"), max_length=100)
    explanation = models.CharField(_("What does it mean?"), max_length=300)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("council", Lower("term"), name="advice_glossaryterm_once")]

    def __str__(self) -> str:
        return self.term


class WordSuggestion(models.Model):
    """A hard word and what this council writes instead."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="word_suggestions")
    hard = models.CharField(_("Hard word"), max_length=100)
    plain = models.CharField(_("Write rather"), max_length=200)

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("council", Lower("hard"), name="advice_wordsuggestion_once")]

    def __str__(self) -> str:
        return f"{self.hard} → {self.plain}"


class TextTemplate(models.Model):
    """The parts of one kind of letter as this council writes it; without a row the portal's own parts count."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="text_templates")
    document = models.CharField(_("Kind of letter"), max_length=20, choices=DocumentKind)
    parts = models.JSONField(default=list)  # list of {heading, hint}

    objects = OfCouncilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["council", "document"], name="advice_texttemplate_once")]

    def __str__(self) -> str:
        return self.get_document_display()
