"""Pictures for upload tests, made on the spot."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo_file(*, size=(300, 420), format="JPEG", name="me.jpg", exif=None):
    output = BytesIO()
    picture = Image.new("RGB", size, (181, 18, 27))
    if exif is not None:
        picture.save(output, format, exif=exif)
    else:
        picture.save(output, format)
    return SimpleUploadedFile(name, output.getvalue(), content_type=f"image/{format.lower()}")
