"""Who shows what: drawn photos, cards looked over, zones, and a batch of badges that came off the printer."""

from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from branches.actions import set_photo
from branches.models import Post
from campaign_portal.demo.dice import dice
from common import jobs
from pledges import queries
from pledges.actions import confirm_card, order_prints, save_zone
from pledges.models import Zone

SHOWN = {"shows_party": True, "shows_motto": True, "shows_duties": True, "shows_zones": True}
GROUNDS = ("#DCE6EC", "#E9E2D6", "#DDE7DC", "#E8DFE3", "#E3E3EA")
FIGURES = ("#8A9AA6", "#9A8F80", "#86988A", "#998A91", "#8E8E9E")
SIZE = (300, 420)
ZONES = (
    ("服务大厅", "一楼大厅", "主动引导、帮办代办，群众有疑问当场答复；下班前巡查一遍，桌面、填单台保持整洁。"),
    ("材料预审", "综合受理区", "材料一次看清、一次讲明，缺什么当场写在告知单上，不让群众跑第二趟。"),
)  # fmt: skip


def show_identity(season):
    """In the first period everybody looks the card over; in the running one badges are printed."""
    if season.number == 0:
        _draw_photos(season)
        _set_up_zones(season)
        _look_cards_over(season)
    if season.is_running:
        _print_badges(season)


def _draw_photos(season):
    """Neutral figures, no faces of anybody; one in nine has not agreed to show his."""
    for number, player in enumerate(_people(season)):
        set_photo(
            player.person,
            photo=ContentFile(_avatar(number), name=f"demo-{player.person.pk}.jpg"),
            consents=number % 9 != 8,
            by=player.person,
            at=season.clock.start,
        )


def _people(season):
    return [player for troupe in season.scene.troupes for player in troupe.players]


def _avatar(number):
    """A plain figure such as portals show where nobody has given a photo."""
    rng = dice("avatar", str(number))
    picture = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), rng.choice(GROUNDS))
    draw, colour = ImageDraw.Draw(picture), rng.choice(FIGURES)
    draw.ellipse((60, 560, 540, 1120), fill=colour)
    draw.ellipse((178, 200, 422, 500), fill=colour)
    output = BytesIO()
    picture.resize(SIZE).save(output, "JPEG", quality=84)
    return output.getvalue()


def _set_up_zones(season):
    """Only where the plan speaks of zones."""
    kinds = queries.zone_kinds([season.period.plan])
    if not kinds:
        return
    for troupe in season.scene.troupes:
        for at, (name, place, duty) in enumerate(ZONES):
            zone = Zone(
                organisation=troupe.organisation,
                kind=kinds[at % len(kinds)],
                name=name,
                place=place,
                responsibility=duty,
            )
            save_zone(
                zone,
                holders=[player.person for player in troupe.members[at * 2 : at * 2 + 2]],
                today=season.period.starts_on,
                by=troupe.secretary,
                at=season.clock.start,
            )


def _look_cards_over(season):
    at = season.clock.start + timedelta(days=2, hours=10)
    for player in _people(season):
        person = player.person
        confirm_card(
            person,
            shown=SHOWN,
            motto=person.motto,
            periods=[season.period],
            today=timezone.localdate(at),
            by=person,
            at=at,
        )


def _print_badges(season):
    """The first branch's badges; afterwards one post got a new title, so one badge is stale."""
    troupe = season.scene.troupes[0]
    if "badge" not in queries.printables(season.period.plan):
        return
    batch = order_prints(
        kind="badge",
        layout="sheet",
        organisation=troupe.organisation,
        campaign=season.scene.campaign,
        subjects=[f"person:{player.person.pk}" for player in troupe.players],
        by=troupe.secretary,
        at=season.clock.now,
    )
    job = jobs.request(
        "pledges.print",
        key=f"print:{batch.pk}",
        label=f"印制{batch.get_kind_display()} {len(batch.subjects)} 份",
        arguments={"batch": batch.pk, "base": "http://127.0.0.1:8000"},
        by=troupe.secretary,
        at=season.clock.now,
    )
    jobs.run(job.pk)
    post = Post.objects.filter(person__prints__batch=batch, ends_on=None).order_by("pk").last()
    if post:
        post.title = f"{post.title}（首席）"
        post.save(update_fields=["title"])
