"""What can be wrong with an uploaded document, told to the editor who chose it."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "empty": _("文件是空的，请重新选择。"),
    "too_big": _("文件超过 {megabytes} MB，请压缩其中的图片或拆成几个文件后再上传。"),
    "old_office": _("这是旧格式（.doc、.xls、.wps 等）或加了密码的 Office 文件，请去掉密码，另存为 PDF、docx 或 xlsx 后再上传。"),
    "rtf": _("这是 RTF 文件，请另存为 PDF 或 docx 后再上传。"),
    "zip": _("这是压缩包，读者没法直接打开；请解压后逐个上传其中的 PDF、docx 或 xlsx 文件。"),
    "program": _("这是程序文件，不能上传；附件只收 PDF、docx 和 xlsx。"),
    "picture": _("这是图片；请在“配图”里使用，或另存为 PDF 后再上传。"),
    "page": _("这是网页文件，不能上传；请在浏览器里打印为 PDF 后再上传。"),
    "slides": _("这是演示文稿，请另存为 PDF 后再上传。"),
    "ofd": _("这是 OFD 文件，很多读者打不开；请另存为 PDF 后再上传。"),
    "open_document": _("这是 OpenDocument 文件，请另存为 PDF、docx 或 xlsx 后再上传。"),
    "template": _("这是模板或少见的 Office 格式，请另存为普通的 docx 或 xlsx 后再上传。"),
    "unknown": _("认不出这是什么文件；附件只收 PDF、docx 和 xlsx，请另存为其中一种后再上传。"),
    "other_name": _("文件名是 {suffix}，内容却是 {kind}；请确认选对了文件，把文件名改成以 .{kind} 结尾后再上传。"),
    "no_suffix": _("文件名没有扩展名，内容是 {kind}；请确认选对了文件，把文件名改成以 .{kind} 结尾后再上传。"),
    "truncated": _("文件不完整，可能没有传完，请重新导出或下载后再上传。"),
    "damaged": _("文件已损坏，请用制作它的软件打开后重新另存，再上传。"),
    "payload": _("文件里夹带了别的文件，请用制作它的软件打开后重新另存，再上传。"),
    "encrypted": _("文件加了密码或权限限制，请去掉后重新导出，再上传。"),
    "script": _("PDF 里带有脚本或会自动执行的动作，请用“打印为 PDF”重新生成后再上传。"),
    "embedded": _("文件里嵌入了别的文件（附件、图表的数据表、控件等），请改成图片或单独上传，重新另存后再上传。"),
    "unreadable": _("PDF 的内部结构无法检查，请用“打印为 PDF”重新生成后再上传。"),
    "macro": _("文件里带有宏，请另存为不含宏的 docx 或 xlsx，或另存为 PDF 后再上传。"),
    "external": _("文件会从别处读取内容（链接的图片、模板、工作簿或数据连接），请断开这些链接，重新另存后再上传。"),
    "too_complex": _("文件解开后太大或部件太多，请拆分或另存为 PDF 后再上传。"),
}


class DocumentError(ValueError):
    """A refused upload: `code` for programs, the text for the editor (what is wrong, what to do)."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(str(SENTENCES[code]).format(**facts))
        self.code = code
        self.facts = facts

    def about(self, name: str) -> "DocumentError":
        """Return the same refusal with the uploaded file's name in front, for forms taking several files."""
        if not name:
            return self
        named = DocumentError(self.code, **self.facts)
        named.args = (gettext("“{name}”：{sentence}").format(name=name, sentence=self),)
        return named
