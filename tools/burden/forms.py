"""Fills in any form of the portal as somebody would who has something to say, but nothing to add."""

SHORT, LONG = "按承诺时限办结并回访", "本期按计划完成，群众等候时间缩短，下一步把材料清单再核一遍。"
# Every control of a form that can be filled in, in the order of the page.
CONTROLS = """form => {
    const seen = new Set();
    return [...form.elements].map((e, i) => ({
        i, name: e.name, type: e.type, required: e.required, value: e.value, checked: e.checked,
        shown: e.checkVisibility() || (e.labels && [...e.labels].some(l => l.checkVisibility())),
        most: e.maxLength > 0 ? e.maxLength : 0, disabled: e.disabled,
        options: e.options ? [...e.options].filter(o => o.value && !o.disabled).map(o => o.value) : [],
        file: e.type === 'file',
    })).filter(c => c.name && c.shown && !c.disabled && !c.file)
}"""
TEXTS = {"text", "textarea", "search", "number", "date", "datetime-local", "time", "tel", "url"}


AGREES = {"publish", "approve"}  # of a verdict: nobody's work is sent back
COMPARED = "met"  # boxes of a comparison, item by item: all hold
MEASURES = "-measures"  # a branch's plan: without a word on them an item is not in it


def fill(hand, form):
    """What the form asks for; a form that asks for nothing gets its first text."""
    controls = form.evaluate(CONTROLS)
    _choose(hand, form, controls)
    texts = [one for one in controls if one["type"] in TEXTS and not one["value"]]
    if texts:
        texts = _quote(hand, texts)
    wanted = [one for one in texts if one["required"] or one["name"].endswith(MEASURES)]
    for one in wanted or texts[:1]:
        hand.types(_control(form, one), _text(one))
    for one in controls:
        if one["type"] == "select-one" and one["required"] and not one["value"] and one["options"]:
            hand.chooses(_control(form, one), one["options"][0])


def _quote(hand, texts):
    """A fact beside the form stands in the first text after one tap."""
    quotes = hand.page.locator("[data-quote]")
    if not quotes.count() or texts[0]["type"] != "textarea":
        return texts
    hand.taps(quotes.first)
    return texts[1:]


def _choose(hand, form, controls):
    """One tap in each group of radio buttons nobody has answered, and each box that must be ticked."""
    groups = {}
    for one in controls:
        if one["type"] == "radio":
            groups.setdefault(one["name"], []).append(one)
        elif one["type"] == "checkbox" and _is_wanted(one):
            hand.taps(_label(form, one))
    for group in groups.values():
        if not any(one["checked"] for one in group):
            hand.tally.fields += 1
            willing = [one for one in group if one["value"] in AGREES]
            hand.taps(_label(form, (willing or group[1:] or group)[0]))


def _is_wanted(box):
    return not box["checked"] and (box["required"] or box["name"] == COMPARED)


def _control(form, one):
    return form.locator(f"[name='{one['name']}']").first


def _label(form, one):
    """What is tapped: the words around or beside the button."""
    control = form.locator(f"[name='{one['name']}'][value='{one['value']}']").first
    around = control.locator("xpath=ancestor::label")
    return around if around.count() else control


def _text(one):
    if one["type"] == "number":
        return "3"
    if one["type"] == "date":
        return "2026-12-20"
    text = LONG if one["type"] == "textarea" else SHORT
    return text[: one["most"]] if one["most"] else text
