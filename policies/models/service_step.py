from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.models.service import Service
from portal.publishing.models import Child


class ServiceStep(Child):
    """One stage of handling an application."""

    parent_field = "service"

    service = models.ForeignKey(Service, models.CASCADE, related_name="steps")
    name = models.CharField(_("环节"), max_length=120, help_text=_("例如“受理”。"))
    name_en = models.CharField(_("英文环节"), max_length=200, blank=True, help_text=_("环节的英文译文。"))
    limit = models.CharField(_("时限"), max_length=60, blank=True, help_text=_("这一环节的时限，例如“1 个工作日”。"))
    limit_en = models.CharField(_("英文时限"), max_length=100, blank=True, help_text=_("时限的英文译文。"))

    class Meta(Child.Meta):
        verbose_name = _("办理环节")
        verbose_name_plural = _("办理环节")

    def __str__(self) -> str:
        return self.name
