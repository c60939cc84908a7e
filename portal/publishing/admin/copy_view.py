"""«Copy this entry» on the page of every entry."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from portal.publishing.admin.asking import ask
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.copying import Copying, NotYoursError, copy_entry
from portal.publishing.rights import Act


class CopyMixin(ModelAdmin):
    """A copy is a draft with an address of its own, opened at once."""

    copying: ClassVar[Copying] = Copying()

    def get_urls(self) -> list[Any]:
        copy = self.admin_site.admin_view(self.copy_view)
        return [path("<path:object_id>/copy/", copy, name=self._address("copy")), *super().get_urls()]

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        if not self._may_copy(request, entry):
            raise PermissionDenied
        return self._copy(request, entry) if request.method == "POST" else self._page_of(entry)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        entry = context.get("original")
        if entry is not None and self._may_copy(request, entry):
            context["copy_url"] = reverse(f"admin:{self._address('copy')}", args=[entry.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def _copy(self, request: HttpRequest, entry: Any) -> HttpResponseBase:
        try:
            with transaction.atomic():
                copy = copy_entry(entry, by=request.user, how=self.copying)
                self.log_addition(request, copy, [{"added": {}}])
        except NotYoursError:
            problem = _("没有复制：新的一条会不属于您负责的地区。请联系管理员。")
        except self.model.DoesNotExist as gone:
            raise Http404 from gone
        except IntegrityError:  # somebody took the address name, or a row it needs is gone, at this moment
            problem = _("没有复制：刚刚有人也在修改或复制这条内容，请再点一次“复制为新的一条”。")
        else:
            self._tell(request, entry, copy)
            return self._page_of(copy)
        self.message_user(request, problem, messages.ERROR)
        return self._page_of(entry)

    def _tell(self, request: HttpRequest, entry: Any, copy: Any) -> None:
        sentence = _("已从“%(entry)s”复制出一条草稿，网址名是 %(slug)s。请改好标题、网址名和日期，核对后再发布。")
        self.message_user(request, sentence % {"entry": entry, "slug": copy.slug}, messages.SUCCESS)

    def _page_of(self, entry: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(f"admin:{self._address('change')}", args=[entry.pk]))

    def _may_copy(self, request: HttpRequest, entry: Any) -> bool:
        return bool(ask(request, Act.COPY, entry))

    def _address(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"
