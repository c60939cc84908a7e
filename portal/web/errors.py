"""Error answers: a page for people, problem+json for programs; both say what was wrong and what to do, and leak nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal.lists.parameters import ParameterError
from portal.publishing.admin.asking import why_refused


def problem(request: HttpRequest, status: int, title: str, detail: str = "", **more: Any) -> JsonResponse:
    """An RFC 9457 problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "request_id": getattr(request, "id", "")}
    return JsonResponse(
        body | more, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def error_page(request: HttpRequest, status: int, title: str, detail: str = "", **context: Any) -> HttpResponse:
    if request.path_info.startswith("/api/v1/"):
        return problem(request, status, title, detail)
    content = render_to_string("errors/error.html", {"status": status, "title": title, "detail": detail, **context}, request)
    return HttpResponse(content, status=status)


def parameter_error(request: HttpRequest, error: ParameterError) -> HttpResponse:
    return error_page(request, 400, _("这个网址有写错的地方"), str(error), clean_address=request.path)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    is_long = isinstance(exception, TooManyFieldsSent | RequestDataTooBig)
    request.GET = QueryDict()  # the error page reads it too, and would fail the same way
    detail = _("一次提交的内容太多了。") if is_long else _("请检查网址是否完整，或从首页重新开始。")
    return error_page(request, 400, _("这个请求无法识别"), detail)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    detail = why_refused(request) or _("如果工作需要，请联系网站管理员。")
    return error_page(request, 403, _("您没有权限打开这一页"), detail)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403, _("表单已经过期"), _("请返回上一页，刷新后重新提交；浏览器需要允许本站的 cookie。"))


def not_allowed(request: HttpRequest) -> HttpResponse:
    response = error_page(request, 405, _("这里只能读"), _("只能用 GET、HEAD 或 OPTIONS。"))
    response["Allow"] = "GET, HEAD, OPTIONS"
    return response


def only_read(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse every method of a function view but GET and HEAD with a sentence."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.method in {"GET", "HEAD"} else not_allowed(request)

    return read


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404, _("没有这一页"), _("网址可能写错了，或者内容已经换了地方。"))


def gone(request: HttpRequest, reason: str) -> HttpResponse:
    return error_page(request, 410, _("这一页已经撤下"), reason)


def server_error(request: HttpRequest) -> HttpResponse:
    detail = _("网站出了问题，我们已经记录下来。请稍后再试。")
    try:
        return error_page(request, 500, _("网站出错了"), detail)
    except Exception:  # noqa: BLE001 -- the error page itself may be what fails
        return HttpResponse(f"<!doctype html><title>500</title><p>{detail}", status=500)
