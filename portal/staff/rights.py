from django.contrib import admin

from portal.staff.models import User


def editable_kinds(user: User) -> list[str]:
    """The kinds of content a person may add or change, in the order of the admin."""
    rights = user.get_all_permissions()
    return [
        str(model._meta.verbose_name)
        for model in admin.site._registry
        if rights & {f"{model._meta.app_label}.{act}_{model._meta.model_name}" for act in ("add", "change")}
    ]
