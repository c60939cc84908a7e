"""One-time links with which a person sets a password: for whoever forgot it, and for whoever is invited."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from portal.staff.models import User

INVITATION_LIFE = timedelta(days=7)


class ResetTokens(PasswordResetTokenGenerator):
    """Good for PASSWORD_RESET_TIMEOUT, until the password changes, the person signs in or the account is closed."""

    key_salt = "portal.staff.links.ResetTokens"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"


class InvitationTokens(ResetTokens):
    """The same for seven days: dated ahead by what an invitation lives longer, because Django knows one life only."""

    key_salt = "portal.staff.links.InvitationTokens"

    def make_token(self, user: Any) -> str:
        ahead = int(INVITATION_LIFE.total_seconds()) - settings.PASSWORD_RESET_TIMEOUT
        seconds = self._num_seconds(self._now()) + ahead
        return self._make_token_with_timestamp(user, seconds, self.secret)


reset_tokens = ResetTokens()
invitation_tokens = InvitationTokens()


def reset_link(user: User) -> str:
    return _address("password_reset_confirm", user, reset_tokens.make_token(user))


def invitation_link(user: User) -> str:
    return _address("invitation", user, invitation_tokens.make_token(user))


def renew_invitation(user: User) -> str:
    """Take the password away, and with it every link given before; return the only one that is good."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return invitation_link(user)


def _address(view: str, user: User, token: str) -> str:
    """Built from SITE_URL, never from the Host header."""
    return urljoin(settings.SITE_URL, reverse(view, args=[urlsafe_base64_encode(force_bytes(user.pk)), token]))
