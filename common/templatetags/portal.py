"""Display only: Chinese dates, figures, masks, links that keep the filter, icons."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from zlib import crc32

from django import template
from django.forms import Select
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from common.came_from import as_left

register = template.Library()

HIDDEN = mark_safe('aria-hidden="true"')
STATE_ICONS = {
    "ok": "ok",
    "success": "ok",
    "due": "due",
    "warning": "due",
    "late": "late",
    "error": "late",
    "honour": "honour",
    "sealed": "lock",
}
WEEKDAYS = "一二三四五六日"
NOTHING = "—"
SPARK_HEIGHT = 24
SPARK_STEP = 10
MINUS = "\u2212"


def _local(value):
    return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


@register.filter
def cn_date(value, form=""):
    """9月28日 周一; with "year" 2026年9月28日 周一; with "short" 9-28."""
    if not value:
        return NOTHING
    day = _local(value)
    if form == "short":
        return f"{day.month}-{day.day}"
    year = f"{day.year}年" if form == "year" else ""
    return f"{year}{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


@register.filter
def cn_datetime(value, form=""):
    """9月28日 周一 18:00"""
    if not value:
        return NOTHING
    return f"{cn_date(value, form)} {_local(value):%H:%M}"


@register.filter
def cn_time(value):
    return f"{_local(value):%H:%M}" if value else NOTHING


def _rounded(value, places):
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@register.filter
def figure(value, places=1):
    """A score or count with fixed decimals: 87.4; — when there is none."""
    number = None if value is None or value == "" else _rounded(value, int(places))
    return NOTHING if number is None else f"{number:,}"


@register.filter
def percent(value, places=1):
    """A share between 0 and 1 as 96.2%."""
    number = None if value is None or value == "" else _rounded(value, 10)
    return NOTHING if number is None else f"{_rounded(number * 100, int(places))}%"


@register.filter
def signed(value, places=1):
    """+2.1 or -0.4 (a real minus sign, U+2212); — when there is none."""
    number = None if value is None or value == "" else _rounded(value, int(places))
    if number is None:
        return NOTHING
    return f"{'+' if number > 0 else MINUS if number < 0 else ''}{abs(number)}"


@register.filter
def masked_phone(value):
    return re.sub(r"^(\d{3})\d+(\d{4})$", r"\1****\2", str(value or "")) or NOTHING


@register.filter
def masked_id(value):
    """Only the first six and the last two places of an ID number."""
    text = str(value or "")
    if not text:
        return NOTHING
    return text[:6] + "*" * max(len(text) - 8, 4) + text[-2:]


@register.filter
def masked_name(value):
    """张某某 for names shown to the public."""
    text = str(value or "").strip()
    return text[:1] + "某" * max(len(text) - 1, 1) if text else NOTHING


@register.filter
def heading(value, most=24):
    """A title for a text that may be a paragraph: its first sentence, cut when it is long. The text stands below."""
    text = str(value or "").strip()
    first = re.split(r"[。；！？\n]", text, maxsplit=1)[0].strip() or text
    if len(first) <= most:
        return first
    cut = first[: most - 1]
    pause = max(cut.rfind("，"), cut.rfind("、"))
    return (cut[:pause] if pause > most // 2 else cut).rstrip("，、 ") + "…"


@register.filter
def get_item(mapping, key):
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def chart_key(chart):
    name = chart.get("id") or crc32(chart.get("caption", "").encode())
    return f"chart-{name}"


@register.filter
def chart_rows(chart):
    """(label, figure of each series) for the table beside a chart."""
    columns = [series["values"] for series in chart["series"]]
    return [
        (label, [column[at] if at < len(column) else None for column in columns])
        for at, label in enumerate(chart["labels"])
    ]


COUNT_NAMES = {
    "sum": "合计",
    "n": "票数",
    "unknown": "不了解",
    "grade": "等次",
    "done": "做到",
    "kept": "兑现",
    "total": "共",
    "late": "其中逾期",
    "excused": "免计",
}
INPUT_NAMES = {"input": "读数", "count": "次数", "coefficient": "系数", "unrounded": "取整前"}


def _inputs(node):
    """What a figure was made from, as (name, text): counts per level, marks, readings."""
    pairs = []
    for key in ("counts", "scores", "inputs", "group"):
        held = node.get(key) or {}
        for item in held.items() if isinstance(held, dict) else held:
            pairs.append(_input_pair(item))
    pairs += [(name, node[key]) for key, name in INPUT_NAMES.items() if key in node]
    return pairs


def _input_pair(item):
    if not isinstance(item, dict):
        name, text = item
        return (COUNT_NAMES.get(name, name), text)
    if "score" in item:
        return (f"{item['score']} 分", f"{item['n']} 票")
    return (item.get("level") or item.get("label"), item.get("n"))


def _notes(node):
    parts = [f"n={node['n']}"] if "n" in node else []
    parts += [node[key] for key in ("reason", "unknown", "note") if node.get(key)]
    parts += node.get("notes", [])
    if node.get("used_weight"):
        parts.append(f"折算权重 {node['used_weight']}")
    if node.get("left_out"):
        parts.append("未计入")
    return " · ".join(parts)


def _share(node):
    text = f" \u00d7 {node['weight']}" if node.get("weight") else ""
    contribution = node.get("contribution_shown", node.get("contribution"))
    return f"{text} = {contribution}" if contribution is not None else text


@register.filter
def explained(node):
    """One line of a score's explanation (docs/scoring.md) with the names the template uses."""
    base = [node["base"]] if "base" in node else []
    return {
        "label": node.get("label"),
        "value": node.get("shown", node.get("value")),
        "share": _share(node),
        "formula": node.get("formula"),
        "how": " · ".join(part for part in (node.get("formula"), _notes(node)) if part),
        "inputs": _inputs(node),
        "children": base + (node.get("parts") or node.get("questions") or []),
    }


@register.filter
def band(value):
    """Step 1 (weak) to 5 (strong) of a share between 0 and 1, for heat tables."""
    if value is None or value == "":
        return 0
    share = float(value)
    return 1 + sum(share >= edge for edge in (0.6, 0.75, 0.85, 0.95))


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """The present query string with changes: `?{% query page=2 %}`; None removes a key."""
    request = context.get("request")
    params = request.GET.copy() if request else None
    if params is None:
        return ""
    for key, value in changes.items():
        if value is None:
            params.pop(key, None)
        else:
            params[key] = value
    return params.urlencode()


@register.simple_tag(takes_context=True)
def back(context, name, *arguments):
    """Like `url`, for a crumb: the list with the filter with which one left it."""
    return as_left(context.get("request"), reverse(name, args=arguments))


@register.simple_tag(takes_context=True)
def turned(context, key, number):
    """The present query string at another page of the list whose pages `key` counts."""
    return query(context, **{key or "page": number})


@register.simple_tag(takes_context=True)
def kept(context, *, but="page"):
    """(name, value) pairs of the present filter, to carry through a form as hidden fields."""
    request = context.get("request")
    dropped = set(but.split(","))
    pairs = request.GET.lists() if request else []
    return [(key, value) for key, values in pairs if key not in dropped for value in values]


@register.simple_tag(takes_context=True)
def active_nav(context, *names):
    """ " active" when the present URL name is one of these (`app:` alone means the whole app)."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return ""
    here = {match.view_name, f"{match.namespace}:"}
    return " active" if here.intersection(names) else ""


@register.simple_tag
def icon(name, css="", label=""):
    """A symbol of static/img/icons.svg; without a label it is only decoration."""
    return _icon(name, css, label, static("img/icons.svg"))


@lru_cache(maxsize=1_000, typed=True)  # thirty a page; a safe text is not an unsafe one
def _icon(name, css, label, sheet):
    about = format_html('role="img" aria-label="{}"', label) if label else HIDDEN
    return format_html(
        '<svg class="icon {}" {} focusable="false"><use href="{}#{}"></use></svg>',
        css,
        about,
        sheet,
        name,
    )


@register.simple_tag
def state_icon(state):
    return icon(STATE_ICONS.get(state, "info"), "sm")


@register.simple_tag
def face_icon(step):
    """Five faces: 5 laughs, 1 frowns."""
    return icon(f"face{min(max(int(step), 1), 5)}")


@register.filter
def control(field):
    """A bound field's widget with Bootstrap's class, for rows that crispy does not lay out."""
    kind = "form-select" if isinstance(field.field.widget, Select) else "form-control"
    return field.as_widget(attrs={"class": kind})


@register.simple_tag
def spread(n, share, margin=None, low=None, high=None):
    """What stands beside every rate: n=214，±2.6%"""
    text = f"n={n or 0:,}"
    if share is None or share == "":
        return text
    if margin:
        return f"{text}，±{percent(margin)}"
    if low in (None, "") or high in (None, ""):
        return text
    return f"{text}，{percent(low)}\u2013{percent(high)}"


@register.simple_tag
def page_numbers(page):
    """1 … 4 5 6 … 20, with None for the gap."""
    return [
        number if isinstance(number, int) else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


@register.simple_tag
def spark(values, label=""):
    """A small line of at least two figures as SVG; needs no script and no style."""
    numbers = [float(value) for value in values or [] if value is not None]
    if len(numbers) < 2:
        return ""
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1
    points = [
        (
            2 + at * SPARK_STEP,
            round(SPARK_HEIGHT - 3 - (number - low) / span * (SPARK_HEIGHT - 6), 1),
        )
        for at, number in enumerate(numbers)
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    return format_html(
        '<svg class="spark" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' role="img" aria-label="{label}"><polyline points="{line}"></polyline>'
        '<circle cx="{x}" cy="{y}" r="2.5"></circle></svg>',
        width=4 + (len(points) - 1) * SPARK_STEP,
        height=SPARK_HEIGHT,
        label=label or "走势 " + "、".join(f"{number:g}" for number in numbers),
        line=line,
        x=points[-1][0],
        y=points[-1][1],
    )
