"""Forms that refuse to overwrite what somebody else saved since the page was opened."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.publishing.admin.form import PortalForm
from portal.publishing.admin.ownership import refusals
from portal.publishing.models import Publishable


class VersionInput(forms.CharField):
    """The version an editor read, sent back with the form."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        text = str(value or "")
        if not (text.isascii() and text.isdigit() and 0 < len(text) < 10):
            raise ValidationError(_("表单里的版本号缺失或不对，什么都没有保存。请核对列出的差别，再保存一次。"), code="version")
        return int(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VersionedForm(PortalForm):
    """`is_stale`: the text was written on an older version than the stored one, or on one that cannot be told.

    `why_locked`: the entry was handed in or published since the page was opened, so that nothing can be saved.
    """

    version = VersionInput(required=False)
    is_stale = False
    why_locked: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_new:
            del self.fields["version"]
        else:
            self.initial["version"] = self.versioned_entry.version

    @property
    def is_new(self) -> bool:
        return self.instance._state.adding

    @property
    def versioned_entry(self) -> Publishable:
        """The entry whose version guards this form."""
        entry: Publishable = self.instance
        return entry

    @property
    def read_version(self) -> int | None:
        """The version the editor read; None for a new row."""
        return self.cleaned_data.get("version")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.why_locked:
            self.is_stale = True
            self.add_error(None, _("%(why)s您填写的没有保存，都还留在下面。") % {"why": self.why_locked})
        elif not self.is_new and cleaned.get("version") != self.versioned_entry.version:
            self.is_stale = True
            self._renew_version()
            if "version" in cleaned:
                self.add_error(None, self._stale_sentence())
        return cleaned

    def _renew_version(self) -> None:
        """The page that shows the differences carries the stored version: saving it again is a decision."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # -- posted data is a QueryDict
        data[self.add_prefix("version")] = str(self.versioned_entry.version)
        self.data = data

    def _stale_sentence(self) -> str:
        entry = self.versioned_entry
        return _("%(who)s在 %(when)s 保存过这条内容，您的修改还没有保存。请核对列出的差别；再保存一次，就以您填写的为准。") % {
            "who": entry.updated_by or _("系统"),
            "when": timezone.localtime(entry.updated_at).strftime("%Y-%m-%d %H:%M:%S"),
        }


class EntryForm(VersionedForm):
    """`user` is whoever fills it in; None asks for no rights."""

    user: Any = None

    def _post_clean(self) -> None:
        super()._post_clean()
        for box, sentence in refusals(self):
            self.add_error(box, sentence)


class ChildForm(VersionedForm):
    """The page of one child: guarded by the version of the entry it belongs to."""

    @property
    def versioned_entry(self) -> Publishable:
        entry: Publishable = self.instance.parent
        return entry
