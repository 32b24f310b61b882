"""Drawn portraits for the badges of the windows (no real faces), where the plan counts lit windows (G10)."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from branches.actions import reencoded_photo, set_photo
from branches.models import Post

SIZE = (240, 336)
GROUND, COAT, SKIN, HAIR = "#D9E3EC", "#3C4A5E", "#E9C9A9", "#2B2622"


def draw_portraits(scene, *, at):
    """Everybody at the windows but the last one has agreed to a photo; that one is still dark."""
    asked = scene.campaign.plan.item_with("coverage")
    if asked is None or "badge" not in asked.options.parts:
        return
    windows = [window for _, window, _ in scene.windows][:-1]
    for post in Post.objects.filter(window__in=windows).select_related("person").order_by("pk"):
        if not post.person.photo:
            photo = reencoded_photo(_portrait())
            set_photo(post.person, photo=photo, consents=True, by=post.person, at=at)


def _portrait():
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    draw.ellipse((10, 220, 230, 470), fill=COAT)
    draw.ellipse((70, 70, 170, 210), fill=SKIN)
    draw.pieslice((64, 56, 176, 190), 180, 360, fill=HAIR)
    out = BytesIO()
    image.save(out, "PNG")
    return ContentFile(out.getvalue(), name="portrait.png")
