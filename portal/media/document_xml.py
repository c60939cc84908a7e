"""Read the small XML parts of an Office file: attributes of elements, nothing else, and no DTD."""

from typing import Final, NamedTuple
from xml.parsers import expat  # a DTD, and with it every entity, ends the parsing below

from portal.media.document_error import DocumentError

MOST_ELEMENTS: Final = 50_000


class Element(NamedTuple):
    """`name` is the local name."""

    name: str
    attributes: dict[str, str]


def read_elements(content: bytes) -> list[Element]:
    """Return every element in order; raise DocumentError for broken XML and for any DTD."""
    found: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(found) >= MOST_ELEMENTS:
            raise DocumentError("too_complex")
        found.append(Element(name.rpartition(" ")[2], attributes))

    def refuse(*_declared: object) -> None:
        raise DocumentError("damaged")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("damaged") from error
    return found
