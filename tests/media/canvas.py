"""Pictures drawn for the tests, and files built byte by byte."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def photo(width=480, height=320, mode="RGB"):
    """A picture with more colours than a drawing has, smooth enough to survive JPEG; its four corners differ."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    both = Image.radial_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, both)).convert(mode)


def drawing(width=480, height=320):
    picture = Image.new("RGB", (width, height), "white")
    picture.paste((200, 30, 40), (width // 4, height // 4, width // 2, height // 2))
    return picture


def encoded(picture, picture_format="JPEG", **options):
    file = io.BytesIO()
    picture.save(file, picture_format, **options)
    return file.getvalue()


def decoded(content):
    picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
    picture.load()
    return picture


def png_chunk(name, content=b""):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_claiming(width, height, *chunks, pixels=b""):
    """A PNG of 8-bit RGB; `pixels` is its image data, packed."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (png_chunk(b"IHDR", head), *chunks, png_chunk(b"IDAT", pixels), png_chunk(b"IEND"))
    return PNG_SIGNATURE + b"".join(parts)


def black_png(width, height, *chunks):
    return png_claiming(width, height, *chunks, pixels=zlib.compress(bytes((1 + width * 3) * height), 1))


def jpeg_claiming(width, height):
    """A sound small JPEG whose frame header claims another size."""
    content = encoded(photo(64, 64))
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def webp_claiming(width, height):
    """A sound small extended WebP whose canvas claims another size."""
    content = encoded(photo(64, 64), "WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0")
    at = content.index(b"VP8X") + 12
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return content[:at] + size + content[at + 6 :]


def jpeg_segment(marker, content):
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def oriented(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def xmp(words):
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f"<dc:creator>{words}</dc:creator></x:xmpmeta>"
    ).encode()


def png_text(**texts):
    info = PngImagePlugin.PngInfo()
    for key, value in texts.items():
        info.add_itxt(key, value)
    return info
