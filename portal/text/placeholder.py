"""Words that stand where the real ones are still to come."""

import re

from portal.text.width import narrow

_ANYWHERE = re.compile(
    r"(?<![优接对看等招款期善厚])待(?:补充|填写|完善|定稿|定(?![点居额向岗]))"  # not 优待定点医院, 接待定额
    r"|此处(?:填写|填|输入|插入|补充)|请(?:在此|在这里)(?:填写|输入)|占位(?:文字|符|内容)"
    r"|(?<![A-Za-z])(?:TODO|TBD|TBC|FIXME|lorem ipsum)(?![A-Za-z])"
    r"|(?<![A-Za-z])[x×]{3,}(?![A-Za-z])|[?]{3,}|_{4,}",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[.…·。\-—–~*/]+|(?:测试|试试|test|demo|aaa+)+(?:内容|标题|数据|文字)?|待|略|\(略\)", re.IGNORECASE)


def find_placeholder(text: str) -> str:
    """The first placeholder as it is written, or "": 待补充, 待定, TODO, XXX … anywhere, …… or 测试 as the whole text."""
    shown = narrow(text)
    if _ALONE.fullmatch(shown.strip()):
        return text.strip()
    found = _ANYWHERE.search(shown)
    return text[found.start() : found.end()] if found else ""
