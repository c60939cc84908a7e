"""What people might do before becomes roles: writing is editor and publisher, reading is reviewer, in the region of the person.

Superusers stay what they are, without a role: they manage people and settings and write no content. Whoever held only
some of the writing permissions becomes a contributor, so that nobody publishes who could not before.
"""

from django.db import migrations

CONTENT = ("regions", "policies")
WRITING = ("add_", "change_", "delete_")


def grant_roles(apps, schema_editor):
    User, Permission = apps.get_model("staff", "User"), apps.get_model("auth", "Permission")
    RoleGrant = apps.get_model("staff", "RoleGrant")
    content = dict(Permission.objects.filter(content_type__app_label__in=CONTENT).values_list("pk", "codename"))
    writing = {pk for pk, codename in content.items() if codename.startswith(WRITING)}
    for user in User.objects.filter(is_superuser=False):
        held = set(user.user_permissions.values_list("pk", flat=True))
        held |= set(Permission.objects.filter(group__user=user).values_list("pk", flat=True))
        for role in roles_of(held & set(content), writing):
            RoleGrant.objects.create(user=user, role=role, region_id=user.region_id)


def roles_of(held, writing):
    if writing and writing <= held:
        return ("editor", "publisher")
    if held & writing:
        return ("contributor",)
    return ("reviewer",) if held else ()


def leave_roles(apps, schema_editor):
    """Do nothing: single permissions cannot be told from roles. Whoever goes back gives them again."""


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("staff", "0003_role_grant"),
    ]

    operations = [migrations.RunPython(grant_roles, leave_roles)]
