"""What the log says of people: signing in and out, accounts, roles. Listens, so that no path forgets to tell."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils.crypto import salted_hmac

from portal.publishing.audit import changed, record
from portal.publishing.models import AuditEntry
from portal.staff.limit import is_over_limit
from portal.staff.models import RoleGrant, User
from portal.staff.origin import origin

Action = AuditEntry.Action
ACCOUNT = ("username", "display_name", "is_active", "is_staff", "is_superuser")
"""The columns of an account that the log follows; no address, no password."""
MOST_FAILURES, FAILURE_SECONDS = 30, 900
"""Failed sign-ins of one address that the log takes within this time, so that nobody fills it from outside."""


def listen() -> None:
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(sign_in_failed)
    pre_save.connect(remember_account, sender=User)
    post_save.connect(account_saved, sender=User)
    post_delete.connect(account_deleted, sender=User)
    pre_save.connect(remember_role, sender=RoleGrant)
    post_save.connect(role_saved, sender=RoleGrant)
    post_delete.connect(role_deleted, sender=RoleGrant)


def signed_in(user: Any, **_unused: Any) -> None:
    record(Action.SIGNED_IN, by=user)


def signed_out(user: Any, **_unused: Any) -> None:
    if user is not None:
        record(Action.SIGNED_OUT, by=user)


def sign_in_failed(credentials: Mapping[str, Any], **_unused: Any) -> None:
    """A name that is no account's is often a password typed into the wrong box: only a keyed hash of it is kept."""
    if is_over_limit(f"log-of-failures-{origin.get().address}", MOST_FAILURES, FAILURE_SECONDS):
        return
    name = str(credentials.get(User.USERNAME_FIELD) or "")
    account = User.objects.filter(username=name).first() if "\0" not in name else None
    after = {} if account else {"name": salted_hmac("portal.publishing.people_audit", name).hexdigest()[:16]}
    record(Action.SIGN_IN_FAILED, account, by=None, after=after)


def remember_account(instance: Any, update_fields: Any = None, raw: bool = False, **_unused: Any) -> None:
    """Read what is stored before it is overwritten; one query, none where nothing followed is saved."""
    followed = {*ACCOUNT, "password"}
    instance.stored_account = None
    if not raw and instance.pk and (update_fields is None or followed & set(update_fields) - {"password"}):
        instance.stored_account = User.objects.filter(pk=instance.pk).values(*followed).first()


def account_saved(instance: Any, created: bool, raw: bool = False, **_unused: Any) -> None:
    now = {name: getattr(instance, name) for name in ACCOUNT}
    if created:
        record(Action.ACCOUNT_CREATED, instance, by=_person(), after=now)
        return
    stored = getattr(instance, "stored_account", None)
    if stored is None:
        return
    before, after = changed({name: stored[name] for name in ACCOUNT}, now)
    if after:
        is_closed = after.get("is_active") is False
        record(Action.ACCOUNT_CLOSED if is_closed else Action.ACCOUNT_CHANGED, instance, by=_person(), before=before, after=after)
    if stored["password"] != instance.password:
        record(Action.PASSWORD_SET, instance, by=_person())


def account_deleted(instance: Any, **_unused: Any) -> None:
    before = {name: getattr(instance, name) for name in ACCOUNT}
    record(Action.ACCOUNT_DELETED, instance, by=_person(), before=before)


def remember_role(instance: Any, raw: bool = False, **_unused: Any) -> None:
    instance.stored_role = None
    if not raw and instance.pk:
        stored = type(instance)._base_manager.filter(pk=instance.pk).first()
        instance.stored_role = _role(stored) if stored else None


def role_saved(instance: Any, created: bool, **_unused: Any) -> None:
    if created:
        record(Action.ROLE_GIVEN, instance.user, by=_person(), after=_role(instance))
        return
    before, after = changed(instance.stored_role or {}, _role(instance))
    if after:
        record(Action.ROLE_CHANGED, instance.user, by=_person(), before=before, after=after)


def role_deleted(instance: Any, **_unused: Any) -> None:
    record(Action.ROLE_TAKEN, instance.user, by=_person(), before=_role(instance))


def _role(grant: Any) -> dict[str, Any]:
    until = grant.until.isoformat() if grant.until else None
    return {"role": str(grant.role), "region": grant.region_id, "until": until}


def _person() -> Any:
    return origin.get().person
