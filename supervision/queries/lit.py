"""亮起来的窗口 (G10): which windows have everything the plan asks of them, and what the others lack."""

from dataclasses import dataclass

from django.urls import reverse

from branches.models import Post, Window
from campaigns.models.document.mechanisms import CoverageSettings
from pledges.models import Pledge, PrintRecord, ServiceItem
from pledges.queries import board_parts, is_fact, part_names, signed_texts, source_of

PUBLISHED = ("published", "kept", "unkept")
LABELS = {
    "post": "岗位人员",
    "board": "公示栏内容",
    "badge": "工作牌照片",
    "sign": "窗口台签",
    "services": "明白卡",
    "pledge": "公示的承诺",
    "member": "党员",
}


@dataclass(frozen=True)
class Part:
    """One thing a window must have: there or not, what is missing, where that is mended."""

    key: str
    is_there: bool
    missing: str = ""
    url: str = ""

    @property
    def label(self):
        return LABELS[self.key]


@dataclass(frozen=True)
class Light:
    """One window and what it has of what the plan asks."""

    window: Window
    parts: tuple[Part, ...]

    @property
    def is_lit(self):
        return all(part.is_there for part in self.parts)


def asked_of(plan):
    """The plan's own rule for a lit window."""
    item = plan.item_with("coverage")
    return item.options if item else CoverageSettings()


def lights(campaign, *, today):
    """Every open window below the campaign; one statement a part, however many there are."""
    wanted = asked_of(campaign.plan).parts
    windows = list(
        Window.objects.open()
        .filter(organisation__path__startswith=campaign.organisation.path)
        .select_related("organisation")
        .order_by("organisation__path", "number", "pk")
    )
    found = _Found(campaign, windows, wanted, today)
    return [
        Light(window, tuple(CHECKS[key](found, window) for key in wanted)) for window in windows
    ]


@dataclass(frozen=True)
class _Worker:
    pk: int
    name: str
    has_photo: bool
    is_member: bool


class _Found:
    """What is there, read once for all windows."""

    def __init__(self, campaign, windows, wanted, today):
        self.staff = _staff(windows, today)
        self.pledged, self.owners = _pledged(campaign) if "pledge" in wanted else (set(), set())
        self.signed = _signed() if "sign" in wanted else set()
        self.served = _served(windows, today) if "services" in wanted else set()
        self.pledging = campaign.plan.pledge_owners()
        self.names = part_names([campaign.plan])
        self.texts = signed_texts(windows, today=today) if "board" in wanted else {}

    def at(self, window):
        return self.staff.get(window.pk, [])


def _staff(windows, today):
    """{window: [worker]}"""
    found = {}
    posts = Post.objects.current(today=today).filter(window__in=windows)
    rows = posts.order_by("pk").values_list(
        "window", "person", "person__name", "person__photo", "person__photo_consented_at",
        "person__political_status",
    )  # fmt: skip
    for window, pk, name, photo, consented, status in rows:
        worker = _Worker(pk, name, bool(photo and consented), status in MEMBERS)
        found.setdefault(window, []).append(worker)
    return found


MEMBERS = ("member", "probationary")


def _pledged(campaign):
    rows = Pledge.objects.filter(campaign=campaign, status__in=PUBLISHED)
    pairs = list(rows.values_list("owner_window", "owner_person"))
    return {window for window, _ in pairs if window}, {person for _, person in pairs if person}


def _signed():
    rows = PrintRecord.objects.filter(kind="window_sign").values_list("subject", flat=True)
    return set(rows.distinct())


def _served(windows, today):
    rows = ServiceItem.objects.public(today=today).filter(window__in=windows)
    return set(rows.values_list("window", flat=True))


def _post(found, window):
    url = reverse("branches:post_add", args=[window.pk])
    return Part("post", bool(found.at(window)), "没有人在岗", url)


def _board(found, window):
    text = found.texts.get(window.pk)
    parts = board_parts(window, found.names, text)
    gaps = [part.name for part in parts if not part.is_staff and not part.text]
    asked = any(source_of(name) == "services" for name in found.names)
    if not asked and not (text and text.services.strip()):
        gaps.insert(0, "受理项目")
    facts = gaps and all(is_fact(name) for name in gaps)
    where = "branches:window_edit" if facts else "pledges:window_parts"
    url = reverse(where, args=[window.pk])
    return Part("board", not gaps, f"没有公示{'、'.join(gaps)}", url)


def _badge(found, window):
    people = found.at(window)
    without = [worker.name for worker in people if not worker.has_photo]
    missing = f"{'、'.join(without)}没有同意公开的照片" if people else "没有人在岗"
    return Part("badge", bool(people) and not without, missing, _window_url(window))


def _sign(found, window):
    return Part("sign", f"window:{window.pk}" in found.signed, "还没有印", _window_url(window))


def _services(found, window):
    return Part("services", window.pk in found.served, "没有公开的明白卡", _window_url(window))


def _pledge(found, window):
    there = window.pk in found.pledged or any(one.pk in found.owners for one in found.at(window))
    if "window" in found.pledging:
        return Part(
            "pledge", there, "窗口和在岗人员都没有公示的承诺", _pledge_url("window", window)
        )
    staff = found.at(window)  # the plan takes no pledges of windows: one of those who work there
    url = _pledge_url("person", staff[0]) if staff else _window_url(window)
    return Part("pledge", there, "在岗人员都没有公示的承诺", url)


def _pledge_url(kind, owner):
    return f"{reverse('pledges:pledge_add')}?for={kind}:{owner.pk}"


def _member(found, window):
    there = any(worker.is_member for worker in found.at(window))
    return Part("member", there, "在岗人员里没有党员", _window_url(window))


def _window_url(window):
    return reverse("branches:window_detail", args=[window.pk])


CHECKS = {
    "post": _post,
    "board": _board,
    "badge": _badge,
    "sign": _sign,
    "services": _services,
    "pledge": _pledge,
    "member": _member,
}
