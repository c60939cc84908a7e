from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.forms.bases import GuardedForm
from portal.staff.models import User


class MeForm(GuardedForm):
    """What people change of their own account; the address, which can reset the password, only with the password."""

    current_password = forms.CharField(
        label=gettext_lazy("当前密码"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("只有改邮箱时才要填。"),
    )

    class Meta:
        model = User
        fields = ("display_name", "language", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = gettext_lazy("忘记密码时，重设密码的链接会发到这里。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stored = User.objects.get(pk=self.instance.pk)
        if cleaned.get("email") != stored.email and not stored.check_password(cleaned.get("current_password", "")):
            self.add_error("current_password", ValidationError(_("当前密码不对。改邮箱要先填对当前密码。"), code="password"))
        return cleaned

    @property
    def changed_columns(self) -> list[str]:
        return [name for name in self.changed_data if name in self.Meta.fields]
