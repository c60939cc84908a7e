from collections.abc import Iterable

from django.http import StreamingHttpResponse


def csv_answer(name: str, lines: Iterable[str], *, link: str) -> StreamingHttpResponse:
    """`name` is the file's, without its ending: lower-case ASCII letters, digits and hyphens."""
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "Link": link},
    )
