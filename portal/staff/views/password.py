"""Pages on which people without a session ask for a link and set a password by one."""

from collections.abc import Callable
from typing import Any

from axes.utils import reset as forget_failures
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.staff.address import client_address
from portal.staff.forms.password import ResetForm, WelcomeForm
from portal.staff.limit import is_over_limit
from portal.staff.links import invitation_tokens, reset_tokens
from portal.staff.middleware import asked_language
from portal.staff.models import User
from portal.staff.roles import role_lines

MOST_REQUESTS, WITHIN = 5, 15 * 60


def headings(title: Any) -> dict[str, Any]:
    return {"site_header": admin.site.site_header, "site_title": admin.site.site_title, "title": title}


class BeforeSignIn:
    """Mixin: named as the admin is; the next page is in the language of this one."""

    title: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # -- the view mixed with
        return context | headings(self.title)

    def get_success_url(self) -> str:
        url: str = super().get_success_url()  # type: ignore[misc]  # -- the view mixed with
        return f"{url}?lang={translation.get_language()}"


class AnswerThenSend(HttpResponseRedirect):
    """A server closes an answer once all of it has gone out: how long sending takes then tells nobody who has an account."""

    def __init__(self, url: str, send: Callable[[], None]) -> None:
        super().__init__(url)
        self.send: Callable[[], None] | None = send

    def close(self) -> None:
        send, self.send = self.send, None
        try:
            if send:
                send()
        finally:
            super().close()


class ResetView(BeforeSignIn, views.PasswordResetView):
    """Ask for a link. Without a mail server the page sends people to the administrator instead of pretending."""

    form_class = ResetForm
    template_name = "registration/password_reset_form.html"
    title = gettext_lazy("忘记密码")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SENDS_MAIL:
            return self.get(request)
        asked = (f"reset {client_address(request)}", f"reset to {request.POST.get('email', '').strip().casefold()}")
        if True in [is_over_limit(what, MOST_REQUESTS, WITHIN) for what in asked]:  # each counts, also after a first True
            return self._too_many()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        return AnswerThenSend(self.get_success_url(), form.save)

    def _too_many(self) -> HttpResponse:
        form = self.get_form()
        form.add_error(None, _("请求太频繁了，没有发送邮件。请等十五分钟再试，或联系网站管理员。"))
        response = self.render_to_response(self.get_context_data(form=form), status=429)
        response["Retry-After"] = str(WITHIN)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sends_mail": settings.SENDS_MAIL}


class ResetSentView(BeforeSignIn, views.PasswordResetDoneView):
    title = gettext_lazy("请查收邮件")


class SetByLinkView(BeforeSignIn, views.PasswordResetConfirmView):
    """Set a password by a link that is good once; after the first look the token stands in the session only."""

    user: User
    token_generator = reset_tokens
    title = gettext_lazy("设置新密码")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        owner = self.get_user(kwargs["uidb64"])
        if request.user.is_authenticated and request.user != owner:
            return TemplateResponse(request, "registration/other_account.html", headings(_("您已登录另一个账号")), status=409)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._in_their_language(super().get)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._in_their_language(super().post)

    def _in_their_language(self, answer: Any) -> Any:
        language = asked_language(self.request) or self.user.language
        with translation.override(language):
            response = answer(self.request)
            response.headers["Content-Language"] = "zh-Hans" if language == "zh-hans" else language
            return response.render() if isinstance(response, TemplateResponse) else response

    def form_valid(self, form: Any) -> HttpResponse:
        """Check once more under a lock: of two people with one link, one sets the password."""
        with transaction.atomic():
            form.user = User.objects.select_for_update().get(pk=self.user.pk)
            if not self.token_generator.check_token(form.user, self.request.session.get(INTERNAL_RESET_SESSION_TOKEN)):
                self.validlink = False
                return self.render_to_response(self.get_context_data())
            response = super().form_valid(form)
        forget_failures(username=form.user.username)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context if self.validlink else context | {"title": _("这个链接不能用了")}


class WelcomeView(SetByLinkView):
    """What an invitation opens: who you are here, what you may do, and the first password."""

    token_generator = invitation_tokens
    form_class = WelcomeForm
    template_name = "registration/welcome.html"
    title = gettext_lazy("欢迎")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"language": getattr(self.user, "language", "")}  # a made-up link has nobody

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"person": self.user, "roles": role_lines(self.user)} if self.validlink else context


class PasswordSetView(BeforeSignIn, views.PasswordResetCompleteView):
    title = gettext_lazy("密码已设置")
