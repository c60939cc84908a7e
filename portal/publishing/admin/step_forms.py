"""What a step of the workflow asks for. `take(entry, item, by)` does it; the texts are the workflow's."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.publishing.admin.moment import AppearForm, DateTimeBoxes
from portal.publishing.admin.text_input import Textarea
from portal.publishing.rights import Act
from portal.publishing.workflow import (
    approve,
    begin_change,
    discard_change,
    publish,
    recall,
    send_back,
    submit,
    take_over,
    unschedule,
    withdraw,
)  # fmt: skip
from portal.publishing.workflow.steps import locked
from portal.staff.text_box import guard_text

LONGEST = 500


def text_box(label: Any, help_text: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST, widget=Textarea(attrs={"rows": "2"})
    )


def override_box() -> forms.CharField:
    return text_box(_("放行理由"), _("上面列出的问题不改也要继续时，写明理由；理由会记在审核表里。"))


class StepForm(forms.Form):
    """`label` is on the button, `act` the right that is asked, `done` what is said afterwards."""

    name: ClassVar[str]
    label: ClassVar[Any]
    act: ClassVar[Act]
    done: ClassVar[Any]
    asks_gate: ClassVar[bool] = False
    warning: Any = ""
    is_at_once: ClassVar[bool] = False
    """Nothing is asked for: the button on the entry's page does it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            guard_text(field)

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        """Do the step; returns the entry whose page comes next."""
        raise NotImplementedError


class OpenForm(StepForm):
    name, label, act, is_at_once = "open", pgettext_lazy("步骤", "修改"), Act.OPEN_COPY, True
    done = _("这是修改稿：读者看到的仍是线上的内容，改好后送审、发布才会替换它。")

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        return begin_change(entry, by=by)


class DiscardForm(StepForm):
    name, label, act, is_at_once = "discard", _("放弃修改稿"), Act.DISCARD, True
    done = _("修改稿已放弃，线上的内容没有变。")

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        return discard_change(entry, by=by)


class RenewForm(StepForm):
    name, label, act, is_at_once = "renew", _("合并线上的改动"), Act.EDIT, True
    done = _("已把线上后来的改动并进这份修改稿，请核对。")

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        clashes = take_over(entry, by=by)
        if clashes:
            self.warning = _("有 %(count)d 处线上和修改稿都改过，保留了修改稿的写法，请对照历史版本核对。") % {
                "count": len(clashes)
            }
        return entry


class SubmitForm(StepForm):
    name, label, act, asks_gate = "submit", pgettext_lazy("步骤", "送审"), Act.SUBMIT, True
    done = _("已送审。审核期间内容锁定，要改先取回。")
    note = text_box(_("送审说明"), _("告诉审核的人看什么，例如“只改了窗口电话”。可以不填。"))
    override = override_box()

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        submit([entry], by=by, note=self.cleaned_data["note"], override=self.cleaned_data["override"])
        return entry


class RecallForm(StepForm):
    name, label, act, is_at_once = "recall", pgettext_lazy("步骤", "取回"), Act.RECALL, True
    done = _("已取回，可以改了；改好要重新送审。")

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        return recall(entry, by=by)


class ApproveForm(StepForm):
    name, label, act = "approve", pgettext_lazy("步骤", "通过"), Act.REVIEW
    done = _("已记下您的意见：通过。")
    step = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=3)
    opinion = text_box(_("审核意见"), _("例如“同意，数字已与原文核对”。可以不填。"))

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        locked(entry)  # the text that was seen, not one that was handed in since
        approve(item, by=by, step=self.cleaned_data["step"], opinion=self.cleaned_data["opinion"])
        return entry


class ReturnForm(StepForm):
    name, label, act = "return", pgettext_lazy("步骤", "退回"), Act.RETURN
    done = _("已退回，作者看得到您的理由。")
    reason = text_box(_("退回理由"), _("写明哪里要改，例如“金额与原文第三段不一致”。"), required=True)

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        locked(entry)
        send_back(item, by=by, reason=self.cleaned_data["reason"])
        return entry


class PublishForm(AppearForm, StepForm):
    name, label, act, asks_gate = "publish", pgettext_lazy("步骤", "发布"), Act.PUBLISH, True
    done = _("已发布。")
    until = forms.SplitDateTimeField(
        label=_("下线时间"), required=False, widget=DateTimeBoxes, help_text=_("北京时间，到这个时间不再显示；一直显示不用填。")
    )
    brings_back = forms.BooleanField(
        label=_("重新公开"), required=False, help_text=_("我知道这条内容已经撤回，发布后读者会重新看到它。")
    )
    override = override_box()

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        given = self.cleaned_data
        [live] = publish(
            [entry], by=by, at=given["at"], until=given["until"], override=given["override"], brings_back=given["brings_back"]
        )
        return live


class UnscheduleForm(StepForm):
    name, label, act, is_at_once = "unschedule", _("取消定时"), Act.PUBLISH, True
    done = _("已取消定时，现在可以发布，也可以取回再改。")

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        return unschedule(entry, by=by)


class WithdrawForm(StepForm):
    name, label, act = "withdraw", pgettext_lazy("步骤", "撤回"), Act.WITHDRAW
    done = _("已撤回，读者打开原网址会看到您写的理由。")
    reason = forms.CharField(
        label=_("撤回理由"), max_length=200, widget=Textarea(attrs={"rows": "2"}),
        help_text=_("向读者公开，例如“文件已被新办法替代”。"),
    )  # fmt: skip

    def take(self, entry: Any, item: Any, by: Any) -> Any:
        return withdraw(entry, by=by, reason=self.cleaned_data["reason"])


STEPS: dict[str, type[StepForm]] = {
    form.name: form
    for form in (
        OpenForm, RenewForm, SubmitForm, ApproveForm, PublishForm, ReturnForm, RecallForm, UnscheduleForm, WithdrawForm, DiscardForm,
    )
}  # fmt: skip
"""In the order of the buttons."""
