"""Between a recipe as scoring reads it and as the forms show it: conditions as rows, steps as lines.

What was not touched stays exactly as it was written; what no form can show stays as it is and is
edited as text.
"""

from copy import deepcopy

from campaigns.forms.workshop.node_fields import Loose
from campaigns.models.document import RecipePart

LIMITS = ("from", "above", "to", "below")
LOWER, UPPER = ("from", "above"), ("to", "below")
TRUTHS = {"yes": ("is", True), "no": ("is", False), "absent": ("missing", True),
          "present": ("missing", False)}  # fmt: skip
JOINS = ("all", "any", "none")
FOLDED = ("when", "convert", "bands", "bands_more", "quota")


def unfolded(model, raw):
    """A part of a recipe as its form shows it."""
    if not isinstance(raw, dict):
        return raw
    if model is RecipePart:
        return raw | {"formula": _unfold(raw.get("formula") or {})}
    return _unfold(raw) if issubclass(model, Loose) else raw


def folded(model, part, raw):
    """The other way; `raw` is what stood there before."""
    if model is RecipePart:
        return part | {"formula": _fold(part.get("formula") or {}, (raw or {}).get("formula"))}
    return _fold(part, raw) if issubclass(model, Loose) else part


def _unfold(raw):
    shown = dict(raw)
    for key, turn in (("when", rows_of), ("convert", _convert_shown), ("quota", _quota_shown)):
        if key in shown:
            shown[key] = turn(shown[key])
    return shown | _bands_shown(raw.get("bands"))


def _fold(part, raw):
    raw = raw if isinstance(raw, dict) else {}
    before, found = _unfold(raw), dict(part)
    for key, turn in (("when", condition_of), ("convert", _convert), ("quota", _quota)):
        if key in found:
            found[key] = raw[key] if found[key] == before.get(key) else turn(found[key])
    bands = {key: found.pop(key) for key in ("bands", "bands_more") if key in found}
    if bands and all(bands.get(key) == before.get(key) for key in ("bands", "bands_more")):
        return found | ({"bands": raw["bands"]} if "bands" in raw else {})
    return found | _bands(bands)


# -- conditions


def rows_of(condition):
    """{join, list: [{what, field, test, value}]}, or the condition itself when rows cannot say it."""
    if not isinstance(condition, dict):
        return condition
    join = next((name for name in JOINS if name in condition), None)
    entries = condition[join] if join else [condition]
    if not isinstance(entries, list) or (join and len(condition) > 1):
        return condition
    shown = []
    for entry in entries:
        tests = _tests(entry)
        if not tests or (join and len(tests) > 1):
            return condition
        shown += tests
    return ({"join": join} if join else {}) | {"list": shown}


def _tests(entry):
    """The rows of a simple condition: two limits are two rows."""
    if not isinstance(entry, dict) or any(name in entry for name in JOINS):
        return []
    about = {"what": f"figure:{entry['figure']}"} if "figure" in entry else {}
    about |= {"what": f"source:{entry['source']}"} if "source" in entry else {}
    about |= {"field": entry["field"]} if "field" in entry else {}
    rest = {key: one for key, one in entry.items() if key not in ("figure", "source", "field")}
    return [about | test for key, one in rest.items() for test in _test(key, one)]


def _test(key, one):
    if key in LIMITS:
        return [{"test": key, "value": one}]
    if key in ("in", "equals"):
        return [
            {"test": "in", "value": "、".join(map(str, one if isinstance(one, list) else [one]))}
        ]
    return [{"test": name} for name, said in TRUTHS.items() if said == (key, one)]


def condition_of(shown):
    """Rows back to a condition; one row is the condition itself."""
    if not isinstance(shown, dict) or "list" not in shown:
        return shown
    entries = [_entry(row) for row in shown["list"]]
    join = shown.get("join")
    if join:
        return {join: entries}
    if len(entries) == 1:
        return entries[0]
    return _range(shown["list"], entries) or {"all": entries}


def _entry(row):
    kind, _, key = str(row.get("what") or "source:").partition(":")
    entry = {kind: key} | ({"field": row["field"]} if row.get("field") else {})
    test, value = row.get("test"), row.get("value")
    if test in TRUTHS:
        name, said = TRUTHS[test]
        return entry | {name: said}
    if test == "in":
        words = str(value or "").replace(",", "、").replace("，", "、").split("、")
        return entry | {"in": [word.strip() for word in words if word.strip()]}
    return entry | {test or "from": value}


def _range(shown, entries):
    """From … below … of the same figure is one condition."""
    if len(entries) != 2 or any(shown[0].get(k) != shown[1].get(k) for k in ("what", "field")):
        return None
    if shown[0].get("test") in LOWER and shown[1].get("test") in UPPER:
        return entries[0] | entries[1]
    return None


# -- conversions


def _convert_shown(convert):
    shown = deepcopy(convert) if isinstance(convert, dict) else convert
    if not isinstance(shown, dict):
        return shown
    steps, curve = shown.get("steps"), shown.get("curve")
    if isinstance(steps, list) and (lines := _lines_of_steps(steps)):
        shown["steps"] = lines
    if isinstance(curve, list) and all(isinstance(one, list) and len(one) == 2 for one in curve):
        shown["curve"] = {str(at): points for at, points in curve}
    return shown


def _lines_of_steps(steps):
    signs = {sign for one in steps if isinstance(one, dict) for sign in LIMITS if sign in one}
    sign = signs.pop() if len(signs) == 1 else None
    if not all(isinstance(one, dict) and set(one) == {sign, "points"} for one in steps):
        return None
    return {"sign": sign, "list": {str(one[sign]): one["points"] for one in steps}}


def _convert(shown):
    found = deepcopy(shown)
    if not isinstance(found, dict):
        return found
    steps, curve = found.get("steps"), found.get("curve")
    if isinstance(steps, dict):
        sign, lines = steps.get("sign") or "from", steps.get("list") or {}
        found["steps"] = [{sign: number(at), "points": points} for at, points in lines.items()]
        if not lines:
            del found["steps"]
    if isinstance(curve, dict):
        found["curve"] = [[number(at), points] for at, points in curve.items()]
    return found


# -- seats and bands


def _quota_shown(quota):
    if not isinstance(quota, list):
        return quota
    return [_seats_shown(one) if isinstance(one, dict) else one for one in quota]


def _seats_shown(one):
    table = one.get("table")
    plain = isinstance(table, list) and all(
        isinstance(row, dict) and set(row) == {"from", "seats"} for row in table
    )
    return one | {"table": {str(row["from"]): row["seats"] for row in table}} if plain else one


def _quota(shown):
    if not isinstance(shown, list):
        return shown
    return [
        one | {"table": [{"from": number(at), "seats": n} for at, n in one["table"].items()]}
        if isinstance(one.get("table"), dict)
        else one
        for one in shown
    ]


def _bands_shown(bands):
    """Every way to write bands as a table, and what is said about all of them."""
    if bands is None:
        return {}
    if isinstance(bands, list):
        return {"bands": [_band_shown(one) for one in bands]}
    if isinstance(bands, dict) and isinstance(bands.get("list"), list):
        more = {key: one for key, one in bands.items() if key != "list"}
        return {"bands": [_band_shown(one) for one in bands["list"]], "bands_more": more}
    if isinstance(bands, dict) and all(isinstance(one, int | float) for one in bands.values()):
        return {"bands": [{"label": label, "from": line} for label, line in bands.items()]}
    return {"bands": bands}


def _band_shown(one):
    return one | {"when": rows_of(one["when"])} if isinstance(one, dict) and "when" in one else one


def _bands(shown):
    entries = shown.get("bands")
    if isinstance(entries, list):
        entries = [
            one | {"when": condition_of(one["when"])} if "when" in one else one for one in entries
        ]
    if shown.get("bands_more"):
        return {"bands": shown["bands_more"] | {"list": entries or []}}
    return {"bands": entries} if entries else {}


def number(text):
    """What was typed before the colon: a whole number where it is one."""
    text = str(text).strip()
    return int(text) if text.removeprefix("-").isdecimal() else text
