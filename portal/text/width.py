"""Full-width forms to ASCII, one character for one, so that positions stay true.

NFKC would do the same and more: it turns `5²` into `52` and `½` into three characters.
"""

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


def narrow(text: str) -> str:
    """Replace full-width ASCII forms and the ideographic and no-break spaces; the length does not change."""
    return text.translate(_NARROW)
