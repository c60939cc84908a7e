import hashlib
import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.publishing.append_only import after_insert, append_only, older_than
from portal.publishing.models.json_text import JsonTextField
from portal.publishing.models.moment_text import moment_text

LEAST_DAYS = 180
"""The law asks for six months of log; the database refuses to delete anything younger."""


class AuditEntry(models.Model):
    """One thing somebody did in the admin. Rows are chained by hashes in the order of their numbers and never change.

    People are kept by name and number of their account, without a foreign key, so that the log outlives them.
    """

    class Action(models.TextChoices):
        CREATED = "created", _("新建")
        SAVED = "saved", _("保存")
        SUBMITTED = "submitted", _("提交审核")
        APPROVED = "approved", _("审核通过")
        RETURNED = "returned", _("退回")
        RECALLED = "recalled", _("取回")
        PUBLISHED = "published", _("发布")
        SCHEDULED = "scheduled", _("定时发布")
        APPLIED = "applied", _("定时生效")
        NOT_APPLIED = "not_applied", _("定时未能生效")
        WITHDRAWN = "withdrawn", _("撤回")
        COPY_OPENED = "copy_opened", _("开始修改")
        DISCARDED = "discarded", _("放弃修改")
        DELETED = "deleted", _("删除")
        RESTORED = "restored", _("恢复旧版本")
        ERASED = "erased", _("清除版本内容")
        IMPORTED = "imported", _("导入")
        OVERRIDE = "override", _("带理由放行")
        ROLE_GIVEN = "role_given", _("授予角色")
        ROLE_CHANGED = "role_changed", _("修改角色")
        ROLE_TAKEN = "role_taken", _("收回角色")
        ACCOUNT_CREATED = "account_created", _("新建账号")
        ACCOUNT_CHANGED = "account_changed", _("修改账号")
        ACCOUNT_CLOSED = "account_closed", _("停用账号")
        ACCOUNT_DELETED = "account_deleted", _("删除账号")
        PASSWORD_SET = "password_set", _("设置密码")
        SIGNED_IN = "signed_in", _("登录")
        SIGN_IN_FAILED = "sign_in_failed", _("登录失败")
        SIGNED_OUT = "signed_out", _("退出登录")
        SETTINGS_SAVED = "settings_saved", _("保存网站信息")
        SYNONYM_SAVED = "synonym_saved", _("保存同义词")
        SYNONYM_DELETED = "synonym_deleted", _("删除同义词")
        PREVIEW_LINK_MADE = "preview_link_made", _("生成预览链接")
        PREVIEW_LINK_REVOKED = "preview_link_revoked", _("停用预览链接")
        EXPORTED = "exported", _("导出")
        PRUNED = "pruned", _("清理过期记录")

    number = models.BigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("人员"), max_length=150, blank=True)
    action = models.CharField(_("操作"), max_length=24, choices=Action.choices)
    entry_type = models.CharField(max_length=40, blank=True)
    entry_uuid = models.UUIDField(null=True)
    entry_id = models.BigIntegerField(null=True)
    entry_title = models.CharField(_("内容"), max_length=100, blank=True)
    region_id = models.BigIntegerField(null=True)
    before = JsonTextField(_("之前"))
    after = JsonTextField(_("之后"))
    edition_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    address = models.CharField(_("来源地址"), max_length=45, blank=True)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["actor_id", "number"], name="audit_by_actor"),
            models.Index(fields=["entry_uuid", "number"], name="audit_by_entry"),
            models.Index(fields=["region_id", "number"], name="audit_by_region"),
            models.Index(fields=["edition_sha256"], condition=~Q(edition_sha256=""), name="audit_by_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def chained_sha256(self, before: str, after: str) -> str:
        """The hash of this row over the one before; `before` and `after` as they are stored."""
        parts = (
            self.previous_sha256, self.number, moment_text(self.at), self.actor_id, self.actor_name, self.action,
            self.entry_type, str(self.entry_uuid or ""), self.entry_id, self.entry_title, self.region_id, before, after,
            self.edition_sha256, self.reason, self.request_id, self.address,
        )  # fmt: skip
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


append_only(AuditEntry, delete_when=older_than("at", LEAST_DAYS))
after_insert(
    AuditEntry,
    'UPDATE "publishing_contentstate" SET "audit_number" = NEW."number", "audit_sha256" = NEW."sha256" WHERE "id" = 1;',
)
