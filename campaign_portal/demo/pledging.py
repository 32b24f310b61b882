"""Pledges: written, submitted, judged, published, noted, concluded."""

from campaign_portal.demo.dice import between, shuffled
from campaign_portal.demo.words import pledges as words
from common.dates import ONE_DAY
from pledges.actions import (
    conclude_pledge,
    note_progress,
    publish_pledge,
    return_pledge,
    revise_pledge,
    save_pledge,
    submit_pledge,
)
from pledges.actions.lines import add_lines
from pledges.models import Pledge
from pledges.queries.hints import line_texts

FIELDS = ("theme", "text", "baseline", "target", "evidence")
# What became of the pledges of a branch's people by now, one after the other.
RUNNING = ("published", "noted", "draft", "noted", "noted", "submitted", "submitted", "published",
           "returned", "noted", "published", "published", "revised", "noted")  # fmt: skip


def make_pledges(season):
    """All pledges of the period, each as far as it has come."""
    written = [pledge for troupe in season.scene.troupes for pledge in _write(season, troupe)]
    for pledge, fate in written:
        if fate != "draft":
            submit_pledge(pledge, by=pledge.written_by, at=pledge.written_at)
    for pledge, fate in written:
        _judge(season, pledge, fate)
    for pledge, fate in written:
        if fate not in {"draft", "submitted", "returned"}:
            _follow(season, pledge, fate)


def _write(season, troupe):
    rng = season.rng(f"pledges {troupe.branch.name}")
    people = season.participants(troupe)
    shelf = shuffled(rng, words.PERSON[season.scene.cast.trade])
    begin = season.scene.troupes.index(troupe) * 3
    for at, player in enumerate(people, begin):
        fate = _fate(season, troupe, player, at, rng)
        if fate != "none":
            entry = _pick(shelf, player.seat)
            yield _save(season, troupe, entry, player.person, rng, owner_person=player.person), fate
    yield from _of_the_branch(season, troupe, rng)
    yield from _of_the_windows(season, troupe, rng)


def _pick(shelf, seat):
    """Something that fits the post, rather than what anybody could say; then it goes to the back."""

    def rank(entry):
        if len(entry) == len(FIELDS):
            return 1
        fits = any(word in seat.title + seat.duties for word in entry[-1].split())
        return 0 if fits else 2

    # of what fits only the front half of the shelf: nobody says what his neighbour just said
    entry = min(shelf[: len(shelf) // 2 + 1], key=rank)
    shelf.remove(entry)
    shelf.append(entry)
    return entry[: len(FIELDS)]


def _fate(season, troupe, player, at, rng):
    if season.is_running:
        return "none" if _waits(player) else RUNNING[at % len(RUNNING)]
    if rng.random() > troupe.branch.diligence + 0.05:
        return "none"
    return "kept" if rng.random() < 0.74 + 0.24 * player.talent else "unkept"


def _waits(player):
    """The visitor's own: a leader leads with his pledge too (R10), so that one waits as well."""
    return player.is_visitor or player.seat.account == "leader"


def _of_the_branch(season, troupe, rng):
    """Owed by the secretary; the demo secretary's waits for the visitor."""
    pool = words.BRANCH[season.scene.cast.trade]
    if not pool or (season.is_running and troupe.players[0].seat.account):
        return
    entry = pool[(season.number + len(troupe.branch.name)) % len(pool)]
    pledge = _save(
        season, troupe, entry, troupe.secretary, rng, owner_organisation=troupe.organisation
    )
    yield pledge, "noted" if season.is_running else _verdict(troupe, rng)


def _of_the_windows(season, troupe, rng):
    if not season.plan.pledge_themes("window"):
        return
    for at, (window, _) in enumerate(troupe.windows):
        entry = words.WINDOW[(season.number + at) % len(words.WINDOW)]
        pledge = _save(season, troupe, entry, troupe.secretary, rng, owner_window=window)
        add_lines(pledge, line_texts(season.plan))
        yield pledge, "published" if season.is_running else _verdict(troupe, rng)


def _verdict(troupe, rng):
    return "kept" if rng.random() < troupe.branch.diligence else "unkept"


def _save(season, troupe, entry, writer, rng, **owner):
    theme, *texts = entry
    numbers = {"a": rng.randrange(5, 10), "b": rng.randrange(2, 5), "p": rng.randrange(62, 93)}
    numbers["q"] = numbers["p"] + 2
    text, baseline, target, evidence = (part.format(**numbers) for part in texts)
    period = season.period
    days = (period.ends_on - period.starts_on).days
    pledge = Pledge(
        campaign=season.scene.campaign,
        period=period,
        organisation=troupe.organisation,
        theme=theme,
        text=text,
        baseline=baseline,
        target=target,
        evidence_plan=evidence,
        starts_on=period.starts_on,
        due_on=period.starts_on + ONE_DAY * int(days * between(rng, 0.7, 1)),
        **owner,
    )
    return save_pledge(pledge, by=writer, at=season.clock.at(between(rng, 0.03, 0.16)))


def _judge(season, pledge, fate):
    """By the secretary; the committee judges what he wrote himself."""
    if fate in {"draft", "submitted"}:
        return
    rng = season.rng(f"judge {pledge.pk}")
    by = next(
        troupe.secretary
        for troupe in season.scene.troupes
        if troupe.organisation == pledge.organisation
    )
    if by == pledge.written_by:
        by = _superior(season.scene, by)
    at = season.clock.at(between(rng, 0.18, 0.25))
    if fate == "returned":
        return_pledge(pledge, by=by, at=at, note=rng.choice(words.RETURNS))
    else:
        publish_pledge(pledge, by=by, at=at, note=rng.choice(words.NOTES))


def _superior(scene, person):
    return next(one.person for one in scene.holders("committee") if one.person != person)


def _follow(season, pledge, fate):
    rng = season.rng(f"follow {pledge.pk}")
    clock = season.clock
    writer = pledge.written_by
    if fate == "noted" or (not season.is_running and rng.random() < 0.8):
        at = clock.at(between(rng, 0.45, 0.75))
        note_progress(pledge, note=rng.choice(words.PROGRESS), by=writer, at=at)
    if fate == "revised":
        changes = {name: getattr(pledge, name) for name in ("text", "baseline", "target")}
        changes |= {"due_on": season.period.ends_on}
        reason = "配套设备到货推迟，完成时限顺延到季度末。"
        revise_pledge(pledge, changes=changes, reason=reason, by=writer, at=clock.at(0.7))
    if fate in {"kept", "unkept"}:
        _conclude(season, pledge, fate == "kept", rng)


def _conclude(season, pledge, kept, rng):
    conclude_pledge(
        pledge,
        kept=kept,
        explanation="" if kept else rng.choice(words.UNKEPT),
        by=pledge.reviewed_by,
        at=season.clock.at(between(rng, 0.95, 0.99)),
    )
