"""The form with which superusers set up a group: only rights on content, named as the admin names them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.duties import Duty, permissions_of

if TYPE_CHECKING:
    GroupModelForm = forms.ModelForm[Group]
    PermissionsField = forms.ModelMultipleChoiceField[Permission]
else:
    GroupModelForm = forms.ModelForm
    PermissionsField = forms.ModelMultipleChoiceField


class PermissionBoxes(PermissionsField):
    """Django words a permission in the language of the migration that made it; here it is in the reader's."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, permission: Permission) -> str:
        acts = {
            "add": _("Add"),
            "change": _("Change"),
            "delete": _("Delete"),
            "view": _("View"),
        }  # the words on the admin's buttons
        act = permission.codename.partition("_")[0]
        return f"{permission.content_type.name}: {acts.get(act, permission.codename)}"


class GroupForm(GroupModelForm):
    permissions = PermissionBoxes(
        Permission.objects.none(),
        required=False,
        label=gettext_lazy("权限"),
        help_text=gettext_lazy("组里的人都可以做这些，例如“政策: 修改”；只在各人负责的地区有效。"),
    )

    class Meta:
        model = Group
        fields = ("name", "permissions")
        help_texts = {"name": gettext_lazy("这批权限叫什么，例如“数据核对”。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rights = (
            permissions_of(Duty.EDIT).select_related("content_type").order_by("content_type__app_label", "content_type", "pk")
        )
        self.fields["permissions"].queryset = rights  # type: ignore[attr-defined]  # -- of a model choice
