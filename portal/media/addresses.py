"""Where a page finds its pictures and documents."""

from contextvars import ContextVar

from django.urls import reverse

files_root: ContextVar[str] = ContextVar("files_root", default="")
"""While a draft is previewed, the path that answers for its files too; else files are at their public addresses."""


def picture_address(name: str) -> str:
    return f"{files_root.get()}{name}" if files_root.get() else reverse("media", args=[name])


def document_address(name: str) -> str:
    return f"{files_root.get()}{name}" if files_root.get() else reverse("attachment", args=[name])
