"""Works off 今天要办 from its first line to its last, each line by the form its button leads to."""

import re

from tools.burden.forms import fill
from tools.burden.hand import Tally

PENDING = "section[aria-label='要办的事'] li.duty:not(.duty-done)"
MOST_LINES, MOST_PAGES, MOST_TRIES = 60, 6, 40
# On a list the first line's own button; then the page's; then the first line's name. Not what an empty page offers.
STEPS = (
    "main :is(tbody, .duty) a.btn-outline-primary",
    "main a.btn-primary:not(.empty *)",
    "main tbody a",
)


# What a page says when another person has to sign.
WAITS = re.compile("等另一位同志审核|已报送，等")

REFUSAL = ":is(.invalid-feedback, .note-error, .note-late[role=alert]):visible"


class Refused(Exception):
    """A form came back with words."""


class HandedIn(Exception):
    """(targets, Tally): done as far as this account goes, another has to sign."""


def work_off(hand, wanted=lambda rule: True):
    """({name of the rule: (targets, Tally)}, {title of what stayed after the work: why}).

    `wanted` says of a rule's name whether it is to be worked off.
    """
    done, stuck, waiting = {}, {}, set()
    for _ in range(MOST_LINES):
        hand.opens("/")
        titles = (t for t in _titles(hand.page) if t not in stuck and t not in waiting)
        title = next((t for t in titles if wanted(_rule_of(t))), None)
        if title is None:
            break
        try:
            targets, tally = _work_line(hand, title)
        except Refused as refused:
            stuck[title] = str(refused)
            continue
        except HandedIn as handed:
            targets, tally = handed.args
            waiting.add(title)
        if not targets:
            stuck[title] = f"办过仍在（最后一页 {hand.page.url}）"
            continue
        rule = _rule_of(title)
        before = done.get(rule, (0, Tally()))
        done[rule] = (before[0] + targets, before[1] + tally)
        hand.tally = Tally()  # the last look was ours
    hand.take()
    return done, stuck


def _rule_of(title):
    return re.split("[：（ ]", title)[0]


def _work_line(hand, title):
    """(targets done, Tally) once the line has moved; none when it did not, however often it was tried."""
    line, standing = _line(hand.page, title), _standing(hand.page, title)
    left, tally, sent = _targets(line), Tally(), 0
    for _ in range(MOST_TRIES):
        hand.goes(_line(hand.page, title).locator("a.btn"))
        sent = _do_some(hand, left or 1)
        _comment(hand)
        tally += hand.take()
        if sent and _waits_for_another(hand.page):
            raise HandedIn(sent, tally)
        hand.opens("/")
        if _standing(hand.page, title) != standing:
            return (sent if left else 1), tally
        if not sent:
            break
    return 0, tally


def _waits_for_another(page):
    """Handed in: the line stays until somebody else has signed, and there is nothing more to do here."""
    return page.get_by_text(WAITS).first.is_visible()


def _comment(hand):
    """A meeting that is on record is commented too, everybody on one form (P18)."""
    link = hand.page.get_by_role("link", name="逐人点评", exact=True)
    if not link.count():
        return
    hand.goes(link)
    for level in hand.page.locator("#comments select").all():
        if not level.input_value():
            hand.chooses(level, level.locator("option").nth(1).get_attribute("value"))
    hand.goes(hand.page.locator("button[form=comments]"))


def _do_some(hand, forms):
    """How many forms were sent."""
    for sent in range(forms):
        if not _do(hand):
            return sent
    return forms


def _titles(page):
    found = page.locator(PENDING).filter(has=page.locator("a.btn"))
    return [text.strip() for text in found.locator(".duty-title").all_inner_texts()]


def _line(page, title):
    return page.locator(PENDING).filter(has=page.get_by_text(title, exact=True)).first


def _targets(line):
    """How many are still to do in this line: what its bar has left; 0 without a bar."""
    bar = line.locator("progress")
    if not bar.count():
        return 0
    return int(bar.get_attribute("max")) - int(bar.get_attribute("value"))


def _standing(page, title):
    """How often the line is there and how far its bar is."""
    bars = page.locator(PENDING).filter(has=page.get_by_text(title, exact=True))
    return bars.count(), bars.locator("progress").evaluate_all("all => all.map(one => one.value)")


def _do(hand):
    """Down to a form, fill it in, send it. False when no form was found."""
    if not _to_a_form(hand):
        return False
    page, address = hand.page, hand.page.url
    form, button = _form(page)
    if page.locator("#ballot .ballot").count():
        _vote(hand)
    else:
        fill(hand, form)
    if form.get_attribute("data-confirm") or button.get_attribute("data-confirm"):
        hand.taps(button)
        button = page.locator(
            "dialog[open] button.btn-primary, dialog[open] button.btn-danger"
        ).last
    hand.goes(button)
    told = page.locator(REFUSAL)
    if page.url == address and told.count():
        raise Refused(f"{address}：{' '.join(told.all_inner_texts())}")
    return True


def _form(page):
    """The page's form and the filled button that sends it; None on a list."""
    for form in page.locator("main form[method=post]").all():
        inside = form.locator("button.btn-primary >> visible=true")
        if inside.count():
            return form, inside.last
        name = form.get_attribute("id")
        outside = page.locator(f"button.btn-primary[form='{name}']:visible")
        if name and outside.count():
            return form, outside.last
    return None


def _to_a_form(hand):
    for _ in range(MOST_PAGES):
        if _form(hand.page) is not None:
            return True
        steps = (hand.page.locator(f"{one} >> visible=true") for one in STEPS)
        step = next((one for one in steps if one.count()), None)
        if step is None:
            return False
        hand.goes(step.first)
    return False


def _vote(hand):
    """One tap a question a colleague: the second level, the first colleague somewhat better."""
    for at, row in enumerate(hand.page.locator("#ballot .ballot .levels").all()):
        hand.taps(row.locator(".level").nth(1 if at else 0))
    hand.tally.fields += hand.page.locator("#ballot .ballot").count()  # one thought a person


def rate(hand, code):
    """A citizen who has scanned the code: a face, and send."""
    hand.opens(f"/r/{code}/")
    hand.taps(hand.page.locator(".face").first)
    hand.goes(hand.page.get_by_role("button", name="提交"))
    return hand.take()
