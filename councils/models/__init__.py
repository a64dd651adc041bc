from councils.models.bodies import (
    Appointment,
    Authority,
    ClientGroup,
    Council,
    CouncilDocument,
    Instrument,
    Membership,
    ServedBody,
)
from councils.models.elections import Candidate, Election, ElectionVoter, SecretVote

__all__ = [
    "Appointment",
    "Authority",
    "Candidate",
    "ClientGroup",
    "Council",
    "CouncilDocument",
    "Election",
    "ElectionVoter",
    "Instrument",
    "Membership",
    "SecretVote",
    "ServedBody",
]
