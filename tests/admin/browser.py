"""What a browser does with an admin page: read the form, change some boxes, send it."""

from html.parser import HTMLParser
from typing import Any

from django.forms import CheckboxInput, FileInput, MultiWidget, Select, SelectMultiple
from django.test import Client
from django.urls import reverse

from portal.publishing.models import SETTLED, Publishable
from portal.publishing.rights import Act, may
from portal.publishing.working_copy import apply_copy, open_copy
from portal.staff.models import Role, RoleGrant, User


class _Form(HTMLParser):
    """Collects what the form with an id would send."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.data = form_id, {}
        self.is_inside = self.is_noscript = False
        self.text_name = self.select_name = None
        self.is_multiple = False
        self.chosen: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        known = dict(attrs)
        if tag == "form" and known.get("id") == self.form_id:
            self.is_inside = True
        elif not self.is_inside or self.is_noscript:
            return
        elif tag == "noscript":
            self.is_noscript = True
        elif tag == "input" and "name" in known and "disabled" not in known:
            self._input(known)
        elif tag == "textarea":
            self.text_name = known["name"]
            self.data[self.text_name] = ""
        else:
            self._select(tag, known)

    def _select(self, tag: str, known: dict[str, Any]) -> None:
        if tag == "select" and "name" in known:
            self.select_name, self.is_multiple, self.chosen, self.first = known["name"], "multiple" in known, [], None
        elif tag == "option":
            self.first = known.get("value", "") if self.first is None else self.first
            if "selected" in known:
                self.chosen.append(known.get("value", ""))

    def _input(self, known: dict[str, Any]) -> None:
        kind = known.get("type", "text")
        if kind in {"submit", "button", "file"} or (kind in {"checkbox", "radio"} and "checked" not in known):
            return
        self.data[known["name"]] = known.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data: str) -> None:
        if self.text_name and self.is_inside:
            self.data[self.text_name] += data.removeprefix("\r\n").removeprefix("\n") if not self.data[self.text_name] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "noscript":
            self.is_noscript = False
        elif tag == "textarea":
            self.text_name = None
        elif tag == "select" and self.select_name:
            self.data[self.select_name] = self.chosen if self.is_multiple else (self.chosen or [self.first or ""])[0]
            self.select_name = None


class Browser:
    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        self.client.force_login(user)

    def get(self, url: str, **query: Any) -> Any:
        return self.client.get(url, query)

    def form(self, url: str) -> dict[str, Any]:
        """What the page's form would send if nothing were changed."""
        return form_of(self.get(url))

    def send(self, url: str, data: dict[str, Any]) -> Any:
        return self.client.post(url, {name: value for name, value in data.items() if value is not None})

    def edit(self, row: Any, **changes: Any) -> Any:
        """Open a row, change some boxes and save; None as a value leaves the box out.

        Of an entry that readers know, that is its working copy, which takes effect once it is saved.
        """
        copy = row
        if isinstance(row, Publishable) and row.is_live and row.state in SETTLED and may(self.user, Act.OPEN_COPY, row):
            copy = open_copy(row, by=self.user)
        url = change_url(copy)
        answer = self.send(url, self.form(url) | changes)
        if copy is not row and answer.status_code == 302:
            apply_copy(type(copy)._base_manager.get(pk=copy.pk), by=self.user)
        return answer

    def add(self, model: Any, **values: Any) -> Any:
        url = add_url(model)
        return self.send(url, self.form(url) | values)

    def delete(self, row: Any) -> Any:
        """Open the page that asks, and say yes."""
        return self.send(delete_url(row), confirmation_of(self.get(delete_url(row))))

    def delete_all(self, model: Any, *rows: Any) -> Any:
        """Choose rows of a list to be deleted, and say yes."""
        return self.send(list_url(model), self.chosen(model, *rows))

    def chosen(self, model: Any, *rows: Any) -> dict[str, Any]:
        """What the page that asks about several rows would send."""
        data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
        return data | confirmation_of(self.send(list_url(model), data))


def confirmation_of(response: Any) -> dict[str, Any]:
    """What a page that asks before a deletion would send; of one that refuses, only the yes."""
    seen = (getattr(response, "context_data", None) or {}).get("seen", ())
    return {"post": "yes", **dict(seen)}


def form_of(response: Any) -> dict[str, Any]:
    """From the page where it is drawn, else from the forms behind it."""
    if not response.content:
        return boxes_of(response)
    parser = _Form(f"{response.context_data['opts'].model_name}_form")
    parser.feed(response.content.decode())
    return parser.data


def boxes_of(response: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    formsets = [inline.formset for inline in response.context_data["inline_admin_formsets"]]
    rows = [row for formset in formsets for row in (formset.management_form, *formset.forms)]
    for form in (response.context_data["adminform"].form, *rows):
        for box in form:
            data |= _values_of(getattr(box.field.widget, "widget", box.field.widget), box.html_name, box.value())
    return data


def _values_of(widget: Any, name: str, value: Any) -> dict[str, Any]:
    if isinstance(widget, MultiWidget):
        parts = value if isinstance(value, list) else widget.decompress(value)
        return {
            f"{name}_{n}": part.format_value(one) or "" for n, (part, one) in enumerate(zip(widget.widgets, parts, strict=True))
        }
    if isinstance(widget, CheckboxInput):
        return {name: "on"} if value else {}
    if isinstance(widget, SelectMultiple):
        return {name: [getattr(one, "pk", one) for one in value or []]}
    if isinstance(widget, FileInput):
        return {}
    return {name: "" if value is None else value if isinstance(widget, Select) else widget.format_value(value) or ""}


def add_url(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def list_url(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def delete_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])


def errors_of(response: Any) -> dict[str, list[str]]:
    """Every sentence on a form page, by box; rows as `prefix-number-box`."""
    form = response.context_data["adminform"].form
    found = {name: list(messages) for name, messages in form.errors.items()}
    for inline in response.context_data["inline_admin_formsets"]:
        formset = inline.formset
        if formset.non_form_errors():
            found[formset.prefix] = list(formset.non_form_errors())
        for row in formset.forms:
            found |= {f"{row.prefix}-{name}": list(messages) for name, messages in row.errors.items()}
    return found


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.wsgi_request._messages]


def make_editor(region: Any = None, name: str = "editor", **fields: Any) -> User:
    """Staff who write and publish for a region, or without one for the whole site."""
    return make_person(name, Role.EDITOR, Role.PUBLISHER, region=region, **fields)


def make_person(name: str, *roles: Role, region: Any = None, **fields: Any) -> User:
    """Staff with roles in a region, or without one for the whole site."""
    user = User.objects.create_user(name, "", "secret", is_staff=True, **fields)
    for role in roles:
        grant(user, role, region)
    return user


def grant(user: User, role: Role, region: Any = None, **fields: Any) -> RoleGrant:
    return RoleGrant.objects.create(user=user, role=role, region=region, **fields)


def take_roles(user: User) -> None:
    user.grants.all().delete()
