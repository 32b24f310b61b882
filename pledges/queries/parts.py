"""The parts a plan wants on a window's board (L03): some are fields of the window, the others are typed in."""

from dataclasses import dataclass

from pledges.models import WindowPart

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
    """The window's field under this heading; empty when it is typed in for the board."""
    return next((source for word, source in SOURCES.items() if word in name), "")


def typed_parts(windows, names):
    """{window: {heading: text}}; one statement, none when the plan asks for nothing of the kind."""
    found = {}
    if not any(not source_of(name) for name in names):
        return found
    rows = WindowPart.objects.filter(window__in=windows, name__in=names).order_by("pk")
    for window, name, text in rows.values_list("window", "name", "text"):
        found.setdefault(window, {})[name] = text
    return found


def parts_of(window, names, typed):
    """The board's parts in the plan's order; `typed` are those written for this window."""
    return [_part(window, name, typed) for name in names]


def _part(window, name, typed):
    source = source_of(name)
    if source == STAFF:
        return Part(name, is_staff=True)
    return Part(name, (getattr(window, source) if source else typed.get(name, "")).strip())


def missing_parts(window, names=WINDOW_PARTS, typed=None):
    """Headings of the board with nothing under them; the window carries its `staff` (L03)."""
    return [
        part.name
        for part in parts_of(window, names, typed or {})
        if not (window.staff if part.is_staff else part.text)
    ]


def served_first(window, parts):
    """What is dealt with stands first, unless the plan gives it a place of its own."""
    named = any(source_of(part.name) == "services" for part in parts)
    own = [] if named or not window.services.strip() else [Part("受理的主要项目", window.services)]
    return own + [part for part in parts if part.text]
