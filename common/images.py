"""Pictures from people: decoded and encoded anew, so that neither hidden data nor a disguised file survives."""

import secrets
import warnings
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


class PhotoRefused(Exception):
    """The file is no usable photo; the text is Chinese and says what to send instead."""


def reencoded(file, *, biggest, least_side):
    """A JPEG of our own making under a random name; place, camera and everything else is gone."""
    if file.size > MOST_BYTES:
        raise PhotoRefused("照片超过 8 MB，请压缩后再传。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of a bomb
            with Image.open(file, formats=FORMATS) as image:
                _refuse_size(image.size, least_side)
                picture = ImageOps.exif_transpose(image).convert("RGB")
    except PhotoRefused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as error:
        raise PhotoRefused("这个文件打不开，请上传 JPG 或 PNG 照片。") from error
    picture.thumbnail(biggest)
    output = BytesIO()
    picture.save(output, "JPEG", quality=86, optimize=True)
    return ContentFile(output.getvalue(), name=f"{secrets.token_hex(16)}.jpg")


def _refuse_size(size, least_side):
    width, height = size  # from the header, before a pixel is decoded
    if width * height > MOST_PIXELS:
        raise PhotoRefused("照片尺寸过大（超过 4000 万像素），请缩小后再传。")
    if min(size) < least_side:
        raise PhotoRefused(f"照片太小，宽和高都要在 {least_side} 像素以上。")
