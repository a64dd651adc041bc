from advice.models.answers import Answer, Commitment, Response
from advice.models.drafting import (
    Advice,
    Comment,
    MinorityView,
    Question,
    Recommendation,
    Section,
    SectionSave,
    Signatory,
)
from advice.models.letters import (
    AdoptedText,
    Decision,
    ImportedFile,
    Letter,
    LetterCopy,
    LetterPdf,
    NumberCounter,
    Publication,
)

__all__ = [
    "AdoptedText",
    "Advice",
    "Answer",
    "Comment",
    "Commitment",
    "Decision",
    "ImportedFile",
    "Letter",
    "LetterCopy",
    "LetterPdf",
    "MinorityView",
    "NumberCounter",
    "Publication",
    "Question",
    "Recommendation",
    "Response",
    "Section",
    "SectionSave",
    "Signatory",
]
