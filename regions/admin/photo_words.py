"""The words of pictures just uploaded, all on one page: saved together or not at all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from portal.publishing.admin.asking import ask
from portal.publishing.admin.bases import ModelAdmin
from portal.publishing.admin.conflict import differences
from portal.publishing.admin.entry import read_again_when_stale
from portal.publishing.admin.picker import KEY
from portal.publishing.lifecycle import finish_entry, save_entry
from portal.publishing.rights import Act, may_by_role
from portal.publishing.workflow import RefusedError, UnfinishedError, submit
from regions.admin.photo_batch_form import MOST_PICTURES, WORDS_FIELDS, WordsForm
from regions.models import Photo

WORDS = "regions_photo_words"


class WordsMixin(ModelAdmin):
    def get_urls(self) -> list[Any]:
        words = self.admin_site.admin_view(self.words_view)
        return [path("upload/words/", words, name=WORDS), *super().get_urls()]

    @read_again_when_stale
    def words_view(self, request: HttpRequest) -> HttpResponseBase:
        if not self.has_change_permission(request):
            raise PermissionDenied
        photos = self._asked_for(request)
        if not photos:
            raise Http404
        forms, locked = self._forms(request, photos)
        is_lost = any(form.is_bound and form.has_changed() for form in locked)
        is_valid = request.method == "POST" and not is_lost and all([form.is_valid() for form in forms])  # noqa: C419 -- each form shows its own sentences
        if is_valid and self._save_and_hand_in(request, forms):
            return HttpResponseRedirect(reverse("admin:regions_photo_changelist"))
        for form in forms:
            form.differences = differences(form, []) if form.is_stale else None
        for form in locked:
            form.differences = differences(form, []) if form.is_bound and form.has_changed() else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("给刚上传的图片写说明"),
            "opts": self.opts,
            "forms": forms,
            "locked": locked,
            "has_errors": is_lost or any(form.errors for form in forms),
        }
        return TemplateResponse(request, "admin/regions/photo/words.html", context, status=409 if is_lost else 200)

    def _asked_for(self, request: HttpRequest) -> list[Photo]:
        """In the order of the address; what the user may not edit in any state is left out; one query."""
        user: Any = request.user
        keys = [key for key in request.GET.get("photos", "").split("-") if KEY.fullmatch(key)][:MOST_PICTURES]
        found = {
            str(photo.pk): photo
            for photo in self.get_queryset(request).select_related("region", "updated_by").filter(pk__in=keys)
        }
        return [found[key] for key in dict.fromkeys(keys) if key in found and may_by_role(user, Act.EDIT, found[key])]

    def _forms(self, request: HttpRequest, photos: list[Photo]) -> tuple[list[Any], list[Any]]:
        """Those that can be written, and those of photos that were handed in or published meanwhile."""
        form_class: Any = modelform_factory(
            Photo,
            form=WordsForm,
            fields=WORDS_FIELDS,
            formfield_callback=lambda field, **kwargs: self.formfield_for_dbfield(field, request=request, **kwargs),
        )
        form_class.user = request.user
        data = request.POST if request.method == "POST" else None
        forms: list[Any] = []
        locked: list[Any] = []
        for photo in photos:
            prefix, answer = f"photo-{photo.pk}", ask(request, Act.EDIT, photo)
            is_sent = data is not None and f"{prefix}-version" in data
            form = form_class(data if answer or is_sent else None, instance=photo, prefix=prefix)
            form.preview = self.preview(photo)  # type: ignore[attr-defined]  # -- of the admin mixed with
            form.why_locked = "" if answer else answer.why
            (forms if answer else locked).append(form)
        return forms, locked

    def _save_and_hand_in(self, request: HttpRequest, forms: list[Any]) -> bool:
        """All are saved and those that were ticked handed in together, or nothing is."""
        ticked = [form for form in forms if form.cleaned_data["hand_in"]]
        user: Any = request.user
        try:
            with transaction.atomic():
                self._write(request, [form for form in forms if set(form.changed_data) - {"hand_in"}])
                if ticked:
                    submit([form.instance for form in ticked], by=user)
        except UnfinishedError as error:
            for form in ticked:
                for finding in error.findings.get(form.instance, ()):
                    form.add_error(finding.field if finding.field in form.fields else None, finding.sentence)
            return False
        except RefusedError as error:
            ticked[0].add_error(None, str(error))
            return False
        sentence = _("已保存，其中 %(count)d 张已送审。") if ticked else _("已保存。")
        self.message_user(request, sentence % {"count": len(ticked)} if ticked else sentence, messages.SUCCESS)
        return True

    def _write(self, request: HttpRequest, forms: list[Any]) -> None:
        for form in forms:
            save_entry(form.instance, by=request.user, expected_version=form.read_version)
            finish_entry(form.instance)
            self.log_change(
                request, form.instance, [{"changed": {"fields": [str(form[name].label) for name in form.changed_data]}}]
            )
