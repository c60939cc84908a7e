"""Who gets what at which address: one row for each class of addresses; the first whose names fit decides.

A row has the statuses of ROLES in their order, for an address of the own region; `foreign` where another region's differ.
"""

import re
from dataclasses import dataclass

ROLES = ("nobody", "contributor", "editor", "reviewer", "publisher", "auditor", "administrator")
Cells = tuple[int, int, int, int, int, int, int]


@dataclass(frozen=True)
class Row:
    names: str
    own: Cells
    foreign: Cells | None = None

    def expected(self, role: str, *, is_own: bool) -> int:
        return (self.own if is_own or self.foreign is None else self.foreign)[ROLES.index(role)]


def row_of(name: str) -> Row | None:
    return next((row for row in TABLE if re.fullmatch(row.names, name)), None)


ENTRY = r"admin:(regions|policies)_[a-z]+_"
EVERYBODY: Cells = (200, 200, 200, 200, 200, 200, 200)
NOTHING_THERE: Cells = (404, 404, 404, 404, 404, 404, 404)
STAFF: Cells = (302, 200, 200, 200, 200, 200, 200)
NO_PAGE: Cells = (302, 404, 404, 404, 404, 404, 404)
REFUSED: Cells = (302, 403, 403, 403, 403, 403, 403)
WRITERS: Cells = (302, 200, 200, 403, 200, 403, 403)
MANAGERS: Cells = (302, 403, 403, 403, 403, 403, 200)
LED_ELSEWHERE: Cells = (302, 302, 302, 302, 302, 302, 302)
LED_TO_INDEX: Cells = (302, 302, 302, 302, 302, 200, 200)
"""What one may not see does not exist: Django's pages then lead to the index, ours answer 404."""
UNKNOWN: Cells = (302, 404, 404, 404, 404, 200, 200)
UNKNOWN_READ_ONLY: Cells = (302, 404, 404, 404, 404, 403, 403)
A_STEP_IS_REFUSED: Cells = (302, 302, 302, 302, 302, 302, 302)
"""With a sentence on the entry's page."""

TABLE = [
    # Rows of the own region are drafts that the contributor wrote.
    Row(f"{ENTRY}(change|history)", STAFF, LED_TO_INDEX),
    Row(f"{ENTRY}(add|upload)", WRITERS),
    Row(f"{ENTRY}(changelist|audit)", STAFF),
    Row(f"{ENTRY}delete", WRITERS, (302, 302, 302, 403, 302, 403, 403)),
    Row(f"{ENTRY}copy", (302, 302, 302, 403, 302, 403, 403), UNKNOWN_READ_ONLY),
    Row(f"{ENTRY}paste", WRITERS, UNKNOWN_READ_ONLY),
    Row(f"{ENTRY}difference", STAFF, UNKNOWN),
    Row(f"{ENTRY}restore", (302, 405, 405, 403, 405, 403, 403), UNKNOWN_READ_ONLY),
    Row(f"{ENTRY}erase", (302, 403, 403, 403, 403, 403, 404), (302, 404, 404, 404, 404, 403, 404)),  # saves are not erased
    Row("admin:regions_photo_preview", STAFF, UNKNOWN),
    Row(  # of use only with what uses them: a draft has no page to be previewed
        "admin:regions_(topic|source|indicator)_preview_(frame|page)",
        (302, 409, 409, 409, 409, 409, 409),
        (302, 404, 404, 404, 404, 409, 409),
    ),
    Row(f"{ENTRY}preview_(frame|page)", STAFF, UNKNOWN),
    Row(f"{ENTRY}preview_file", NO_PAGE),
    Row(f"{ENTRY}preview_links", (302, 200, 200, 200, 200, 403, 403), UNKNOWN_READ_ONLY),
    Row("admin:(submission|submission_record|record)", STAFF, UNKNOWN),
    Row("admin:submissions", STAFF),
    Row("admin:tasks", (302, 403, 403, 200, 200, 403, 403)),
    Row("admin:submit", STAFF, UNKNOWN),  # says of each entry why one may not,
    Row("preview-link", EVERYBODY),  # whoever has one reads; tested with the links
    Row("preview-link-file", NOTHING_THERE),
    Row(f"{ENTRY}words", WRITERS, UNKNOWN_READ_ONLY),
    Row(f"{ENTRY}attachment", NO_PAGE),  # the file itself is not on the shelf
    Row(f"{ENTRY}step/submit", (302, 200, 200, 302, 200, 302, 302), (302, 404, 404, 404, 404, 302, 302)),
    Row(
        f"{ENTRY}step/(open|renew|approve|publish|return|recall|unschedule|withdraw|discard)",
        A_STEP_IS_REFUSED,
        (302, 404, 404, 404, 404, 302, 302),
    ),
    Row(r"admin:[a-z]+/[a-z]+/<path:object_id>/", LED_ELSEWHERE),
    Row(r"admin:staff_user_.*|admin:auth_user_password_change", MANAGERS),
    Row(r"admin:staff_sitesettings_(add|changelist)", (302, 403, 403, 403, 403, 403, 302)),
    Row(r"admin:staff_sitesettings_(change|history)", MANAGERS),
    Row(r"admin:staff_sitesettings_delete", REFUSED),
    Row(r"admin:search_synonym_.*", MANAGERS),
    Row(r"admin:search_unanswered_(changelist|change)", STAFF),
    Row(r"admin:search_unanswered_(add|delete)", REFUSED),
    Row(r"admin:search_unanswered_history", NO_PAGE),
    Row(r"admin:publishing_auditentry_changelist", STAFF),  # of one's own doings; tested in tests/trail
    Row(r"admin:publishing_auditentry_change", (302, 302, 302, 302, 200, 200, 200), LED_TO_INDEX),
    Row(r"admin:publishing_auditentry_(add|delete)", REFUSED),
    Row(r"admin:publishing_auditentry_history", NO_PAGE),
    Row(r"admin:publishing_auditentry_export", (302, 403, 403, 403, 403, 405, 405)),
    Row(r"admin:(index|app_list|jsi18n|password_change|password_change_done)|me|guide", STAFF),
    Row(r"admin:autocomplete", REFUSED),  # without a field that is asked for; tested in tests/admin
    Row(r"admin:login", (200, 302, 302, 302, 302, 302, 302)),
    Row(r"admin:\(\?P<url>\.\*\)\$", NO_PAGE),
    Row(r"password_reset(_done|_complete)?", EVERYBODY),
    Row(r"invitation|password_reset_confirm", (200, 200, 409, 409, 409, 409, 409), (200, 409, 409, 409, 409, 409, 409)),
    Row(r"(api|regions|policies):[a-z]+-detail|(regions|policies):(region|topic|source|organisation|figure|story|photo|event)", NOTHING_THERE),
    Row(r"(regions):indicator|policies:(detail|service|programme)|media|attachment", NOTHING_THERE),
    Row(r"(api|regions|policies|pages):[a-z-]+|api-reference(-kind)?|search(-suggest)?|healthz|readyz", EVERYBODY),
]  # fmt: skip
