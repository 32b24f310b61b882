"""The parts a plan wants on a window's board (L03): facts of the window, and words that were signed for it."""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q

from branches.models import Window
from pledges.models import WindowText
from pledges.models.window_text import OWN

WINDOW_PARTS = ("办事程序", "办事流程", "工作人员信息")  # where no plan names its own
STAFF = "staff"
# a word in the plan's heading -> the field of the window that is meant
SOURCES = {
    "流程": "flow",
    "程序": "procedure",
    "人员": STAFF,
    "项目": "services",
    "事项": "services",
    "电话": "phone",
    "地点": "place",
}


@dataclass(frozen=True)
class Part:
    """One heading of the board and what stands under it; the staff are shown with their photos."""

    name: str
    text: str = ""
    is_staff: bool = False


def part_names(plans):
    """The headings of the plans in their own order, or the usual three."""
    named = (
        name
        for plan in plans
        for item in plan.items_with("identity_card")
        for name in item.options.window_parts
    )
    return tuple(dict.fromkeys(named)) or WINDOW_PARTS


def source_of(name):
    """The field under this heading, the window's or its text's; empty when it is typed in for the board."""
    return next((source for word, source in SOURCES.items() if word in name), "")


def is_fact(name):
    """Whether it is a plain fact of the window (place, telephone, who serves), in need of no signature."""
    return source_of(name) not in {"", *OWN}


def signed_texts(windows, *, today):
    """{window: WindowText} of what was signed for the public; one statement."""
    rows = WindowText.objects.public(today=today).filter(window__in=windows)
    return {text.window_id: text for text in rows}


def windows_with_text(*, today):
    """Open windows, each carrying what was signed for it: one statement for a page (see `text_of`)."""
    kept = Q(shown_texts__shown_until=None) | Q(shown_texts__shown_until__gte=today)
    live = Q(shown_texts__state="live", shown_texts__visibility="public")
    signed = FilteredRelation("shown_texts", condition=live & kept)
    words = {f"signed_{name}": F(f"signed__{name}") for name in ("id", *OWN, "parts")}
    return (
        Window.objects.open()
        .select_related("organisation")
        .annotate(signed=signed)
        .annotate(**words)
    )


def text_of(window):
    """The words a window of `windows_with_text` carries; None when nothing was signed."""
    if window.signed_id is None:
        return None
    words = {name: getattr(window, f"signed_{name}") for name in (*OWN, "parts")}
    return WindowText(pk=window.signed_id, window=window, **words)


def parts_of(window, names, text):
    """The board's parts in the plan's order; `text` is the signed WindowText, or None."""
    return [_part(window, name, text) for name in names]


def _part(window, name, text):
    source = source_of(name)
    if source == STAFF:
        return Part(name, is_staff=True)
    if is_fact(name):
        return Part(name, getattr(window, source).strip())
    if text is None:
        return Part(name)
    return Part(name, (getattr(text, source) if source else text.part(name)).strip())


def missing_parts(window, names=WINDOW_PARTS, text=None):
    """Headings of the board with nothing under them; the window carries its `staff` (L03)."""
    return [
        part.name
        for part in parts_of(window, names, text)
        if not (window.staff if part.is_staff else part.text)
    ]


def served_first(text, parts):
    """What is dealt with stands first, unless the plan gives it a place of its own."""
    named = any(source_of(part.name) == "services" for part in parts)
    services = text.services.strip() if text else ""
    own = [] if named or not services else [Part("受理的主要项目", services)]
    return own + [part for part in parts if part.text]
