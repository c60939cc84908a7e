"""Refuse Office files that run something, carry other files or read from elsewhere (ECMA-376)."""

from typing import Final, Literal

from portal.media.document_error import DocumentError
from portal.media.document_xml import read_elements
from portal.media.document_zip import Package

Kind = Literal["docx", "xlsx"]
TYPES: Final = "[Content_Types].xml"
PREFIX: Final = "application/vnd.openxmlformats-officedocument."
MAIN_TYPES: Final[dict[str, Kind]] = {
    f"{PREFIX}wordprocessingml.document.main+xml": "docx",
    f"{PREFIX}spreadsheetml.sheet.main+xml": "xlsx",
}
OFFICE_DOCUMENT: Final = "/officeDocument"
HYPERLINK: Final = "/hyperlink"
# Words in the lower-case types and names of parts, in the order they are told.
FORBIDDEN: Final = (
    ("macro", ("macro", "vba", "ms-office.activex")),
    ("embedded", ("oleobject", "activex", "/embeddings/", "ms-package", "controlproperties")),
    ("external", ("externallink", "/connections.xml", "connections+xml", "querytable", "webextension")),
)


def check_office(data: bytes) -> Kind:
    """Return whether a ZIP is a Word document or an Excel workbook; raise DocumentError for everything else.

    Types decide, not names of parts, which anyone may choose; both are searched for what is forbidden. Fields and
    formulas are not read: a cell may still hold a formula its reader's program asks about.
    """
    package = Package(data)
    if TYPES not in package.parts:
        raise DocumentError(_other_archive(package))
    declared = _declared_types(package)
    _refuse_forbidden(package, declared)
    kind = _main_kind(package, declared)
    for name in package.parts:
        if name.lower().endswith(".rels"):
            _check_relations(package.read(name))
    package.check_content()
    return kind


def _other_archive(package: Package) -> str:
    if "OFD.xml" in package.parts:
        return "ofd"
    if "mimetype" in package.parts and package.parts["mimetype"].file_size < 200:
        return "open_document" if package.read("mimetype").startswith(b"application/vnd.oasis.opendocument") else "zip"
    return "zip"


def _declared_types(package: Package) -> dict[str, str]:
    """Content type by part name in lower case, or by `*.suffix` for defaults."""
    types: dict[str, str] = {}
    for element in read_elements(package.read(TYPES)):
        content_type = element.attributes.get("ContentType", "").strip().lower()
        if element.name == "Override":
            types[element.attributes.get("PartName", "").lower().lstrip("/")] = content_type
        elif element.name == "Default":
            types[f"*.{element.attributes.get('Extension', '').lower()}"] = content_type
    return types


def _refuse_forbidden(package: Package, declared: dict[str, str]) -> None:
    told = "\n".join([*declared.values(), *declared, *(f"/{name.lower()}" for name in package.parts)])
    for code, words in FORBIDDEN:
        if any(word in told for word in words):
            raise DocumentError(code)


def _main_kind(package: Package, declared: dict[str, str]) -> Kind:
    """By the type of the one part the package names as its document."""
    relations = [element.attributes for element in read_elements(package.read("_rels/.rels")) if element.name == "Relationship"]
    targets = [found.get("Target", "") for found in relations if found.get("Type", "").endswith(OFFICE_DOCUMENT)]
    if len(targets) != 1:
        raise DocumentError("damaged")
    name = targets[0].lstrip("/")
    content_type = declared.get(name.lower(), declared.get(f"*.{name.rpartition('.')[2].lower()}", ""))
    if content_type in MAIN_TYPES and name in package.parts:
        return MAIN_TYPES[content_type]
    if "presentationml" in content_type:
        raise DocumentError("slides")
    raise DocumentError("template" if name in package.parts else "damaged")


def _check_relations(content: bytes) -> None:
    for element in read_elements(content):
        if element.name != "Relationship":
            continue
        kind = element.attributes.get("Type", "")
        is_external = element.attributes.get("TargetMode", "").lower() == "external"
        if is_external and not kind.endswith(HYPERLINK):
            raise DocumentError("external")
        if kind.endswith(("/oleObject", "/package", "/control", "/aFChunk")):
            raise DocumentError("embedded")
