"""The signed link in an invitation."""

from django.core.signing import Signer
from django.urls import reverse

from portal.models import Invitation

SIGNER_SALT = "portal.invitation"


def path_of(invitation: Invitation) -> str:
    token = Signer(salt=SIGNER_SALT).sign(str(invitation.public_id))
    return reverse("portal:invitation", args=[token])


def read_token(token: str) -> str:
    """The public_id in the token. Raises BadSignature."""
    return Signer(salt=SIGNER_SALT).unsign(token)
