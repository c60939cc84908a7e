"""Small pictures to upload."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture_bytes(colour="#0f6b5c", size=(400, 300), kind="JPEG"):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def upload(colour="#0f6b5c", name="photo.jpg", **options):
    return SimpleUploadedFile(name, picture_bytes(colour, **options), "image/jpeg")
