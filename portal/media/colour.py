"""Bring any raster to 8-bit sRGB on white paper."""

import io
from typing import Final

from PIL import Image, ImageCms

PROFILE_BYTES: Final = 4 * 1024 * 1024
PROFILED_MODES: Final = frozenset({"RGB", "L", "CMYK"})
SIXTEEN_TO_EIGHT_BITS: Final = 1 / 256


def opaque(image: Image.Image) -> Image.Image:
    """Return the image without transparency, as RGB, L or CMYK at 8 bits."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * SIXTEEN_TO_EIGHT_BITS).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return image if image.mode in PROFILED_MODES else image.convert("RGB")


def srgb_transform(profile: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the transform from an embedded profile to sRGB; None where there is none, or none that fits."""
    if not profile or len(profile) > PROFILE_BYTES or mode not in PROFILED_MODES:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def to_srgb(image: Image.Image, transform: ImageCms.ImageCmsTransform | None) -> Image.Image:
    """Return an opaque image as RGB, through the profile's transform where there is one."""
    if transform is None:
        return image.convert("RGB")
    return transform.apply(image)
