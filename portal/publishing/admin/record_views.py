"""The record sheet of an entry or of a submission, to print or to take away as a file."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from portal.publishing.admin.staff_page import StaffPage
from portal.publishing.audit import record
from portal.publishing.desk.branch import entry_types
from portal.publishing.desk.record import Sheet, header, sheets_of
from portal.publishing.desk.waiting import visible_items
from portal.publishing.models import AuditEntry, Submission, SubmissionItem
from portal.text.csv_lines import csv_lines


class RecordPage(StaffPage):
    template = "admin/desk/record.html"

    def answer(self, request: HttpRequest, name: str, sheets: list[Sheet], about: Any = None) -> HttpResponseBase:
        if not sheets:
            raise Http404
        asked = request.GET.get("format", "")
        if asked not in {"", "csv"}:
            return HttpResponseRedirect(request.path)
        if asked:
            return _file(request, name, sheets)
        return self.page(request, title=_("审核表"), sheets=sheets, submission=about)


class EntryRecordView(RecordPage):
    def get(self, request: HttpRequest, entry_type: str, uuid: UUID) -> HttpResponseBase:
        user: Any = request.user
        model = next((one for one in entry_types() if one.type_label() == entry_type), None)
        return self.answer(request, f"record-{uuid}", sheets_of(model, [uuid], user) if model else [])


class SubmissionRecordView(RecordPage):
    """Each entry of the submission with the steps of this submission."""

    def get(self, request: HttpRequest, key: int) -> HttpResponseBase:
        user: Any = request.user
        submission = Submission.objects.select_related("created_by").filter(pk=key).first()
        items = visible_items(user).filter(submission=key) if submission else ()
        by_model: dict[Any, list[SubmissionItem]] = defaultdict(list)
        for item in items:
            by_model[item.model].append(item)
        sheets = [
            sheet
            for model, group in by_model.items()
            for sheet in sheets_of(model, [one.entry_uuid for one in group], user, items=[one.pk for one in group])
        ]
        return self.answer(request, f"record-{key}", sheets, submission)


def _file(request: HttpRequest, name: str, sheets: list[Sheet]) -> StreamingHttpResponse:
    """That it was taken away is written down first."""
    record(AuditEntry.Action.EXPORTED, by=request.user, after={"record": name, "entries": len(sheets)})
    rows = [cells for sheet in sheets for cells in sheet.cells()]
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(csv_lines(header(), rows), content_type="text/csv; charset=utf-8", headers=headers)
