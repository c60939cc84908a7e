"""Django's names for pages of the admin, worked out from roles: nobody holds a single permission."""

from collections.abc import Collection, Iterator

from django.apps import apps

from portal.staff.models.role_grant import Role

CONTENT_APPS = ("regions", "policies")
WRITERS = frozenset({Role.CONTRIBUTOR, Role.EDITOR, Role.PUBLISHER})
READ, WRITE = ("view",), ("add", "change", "delete", "view")


def permissions_of(roles: Collection[str], *, is_administrator: bool) -> set[str]:
    found: set[str] = set()
    if WRITERS & set(roles):
        found |= _all(CONTENT_APPS, WRITE)
    elif roles or is_administrator:
        found |= _all(CONTENT_APPS, READ)
    if is_administrator:
        found |= _all(("staff", "search"), WRITE)
    if is_administrator or Role.AUDITOR in roles:
        found |= _all(("publishing",), READ)
    return found


def _all(labels: Collection[str], acts: Collection[str]) -> set[str]:
    return {f"{label}.{act}_{model}" for label in labels for model in _models(label) for act in acts}


def _models(label: str) -> Iterator[str]:
    return (str(model._meta.model_name) for model in apps.get_app_config(label).get_models())
