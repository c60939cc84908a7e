"""What can be wrong with an uploaded picture, told to the editor who chose it."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES: Final = {
    "empty": _("文件是空的，请重新选择一张照片。"),
    "too_big": _("文件超过 {megabytes} MB，请缩小或压缩后再上传。"),
    "heic": _("这是 HEIC 照片，请在手机“设置→相机→格式”中选“兼容性最佳”，或另存为 JPEG 后再上传。"),
    "avif": _("这是 AVIF 图片，请另存为 JPEG 或 PNG 后再上传。"),
    "gif": _("这是 GIF 图片，请把需要的一帧另存为 PNG 或 JPEG 后再上传。"),
    "tiff": _("这是 TIFF 图片，请另存为 JPEG 后再上传。"),
    "bmp": _("这是 BMP 图片，请另存为 PNG 或 JPEG 后再上传。"),
    "jxl": _("这是 JPEG XL 图片，请另存为 JPEG 后再上传。"),
    "jp2": _("这是 JPEG 2000 图片，请另存为 JPEG 后再上传。"),
    "psd": _("这是 Photoshop 文件，请导出为 JPEG 或 PNG 后再上传。"),
    "svg": _("这是 SVG 矢量图，可能带有脚本，不能上传；请导出为 PNG 后再上传。"),
    "html": _("这是网页文件，不是照片；请上传 JPEG、PNG 或 WebP 照片。"),
    "xml": _("这是 XML 文件，不是照片；请上传 JPEG、PNG 或 WebP 照片。"),
    "pdf": _("这是 PDF 文件，不是照片；请把其中的照片导出为 JPEG 后再上传。"),
    "zip": _("这是压缩包或 Office 文件，不是照片；请取出其中的照片后再上传。"),
    "video": _("这是视频文件，请截取一帧存为 JPEG 后再上传。"),
    "unknown": _("认不出这是什么图片，请上传 JPEG、PNG 或 WebP 照片。"),
    "unsupported": _("这张 JPEG 用了少见的编码方式，请用看图软件另存为普通 JPEG 后再上传。"),
    "damaged": _("照片文件已损坏，请从相机或原始来源重新取得后再上传。"),
    "truncated": _("照片文件不完整，可能没有传完，请重新导出或下载后再上传。"),
    "animated": _("这是动图，请把需要的一帧另存为 PNG 或 JPEG 后再上传。"),
    "too_many_pixels": _("照片有 {width}×{height} 像素，超出处理上限，请缩小到长边不超过 {side} 像素后再上传。"),
    "too_small": _("照片只有 {width}×{height} 像素，太小看不清；短边至少 {side} 像素。"),
    "too_long": _("照片有 {width}×{height} 像素，过于狭长；长边不能超过短边的 {ratio} 倍，请裁剪后再上传。"),
    "payload": _("照片里夹带了网页代码或其他文件，请用看图软件打开后另存为新的 JPEG 再上传。"),
}


class PictureError(ValueError):
    """A refused upload: `code` for programs, the text for the editor (what is wrong, what to do)."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(str(SENTENCES[code]).format(**facts))
        self.code = code
        self.facts = facts

    def about(self, name: str) -> "PictureError":
        """Return the same refusal with the uploaded file's name in front, for forms taking several files."""
        shown = "".join(character for character in name.replace("\\", "/").rpartition("/")[2] if character.isprintable())
        if not shown:
            return self
        named = PictureError(self.code, **self.facts)
        named.args = (gettext("“{name}”：{sentence}").format(name=shown[:80], sentence=self),)
        return named
