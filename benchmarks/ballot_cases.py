"""Peer rounds: the sheet's page against Jinja2, the submit against its floor, counting a round (performance.md)."""

from datetime import timedelta
from itertools import count
from urllib.parse import urlencode

from django.utils import timezone

from benchmarks import data, floors
from benchmarks.measure import in_turn
from branches.models import Affiliation, Organisation, Person
from evaluations.actions.ballots import cast_ballot
from evaluations.actions.close import close_round
from evaluations.actions.paper import Rating
from evaluations.actions.rounds import open_round
from evaluations.forms.peer import scale_name
from evaluations.models import RollEntry, Round
from evaluations.queries.peer import paper_for

VOTERS = 20
FORM = "application/x-www-form-urlencoded"


def sheet(period, postmaster):
    """Sealed submits of a round of twenty, and the page they are filled in on."""
    Round.objects.filter(period=period).delete()
    peers = _opened(period, period.campaign.organisation.get_children().first())
    voters = _people(peers)
    samples = in_turn(_voting(peers, voters), postmaster=postmaster, rounds=len(voters))
    lines = {name: sample.line() for name, sample in samples.items()}
    cpu = {name: line["cpu_ms"] for name, line in lines.items()}
    lines["ratio_submit"] = round(cpu["submit"] / (2 * cpu["floor"] + cpu["authed"]), 2)
    lines["ratio_page"] = round(cpu["page"] / (3 * cpu["jinja"] + cpu["authed"]), 2)
    lines["ratio_submit_to_bare"] = round(cpu["submit"] / (2 * cpu["floor"] + cpu["bare"]), 2)
    lines["ratio_page_to_bare"] = round(cpu["page"] / (3 * cpu["jinja"] + cpu["bare"]), 2)
    lines["page_to_jinja"] = round((cpu["page"] - cpu["authed"]) / cpu["jinja"], 2)
    lines["ballots_per_second"] = round(1000 / lines["submit"]["wall_ms"], 1)
    lines["note"] = (
        "ratios to the whole target: 1 is just kept (submit 2 x floor + authed, page 3 x jinja + authed);"
        " `_to_bare` takes the signed-in page behind Django's own middleware alone for `authed`"
    )
    return lines


def counting(period, postmaster):
    """Closing rounds of 20 (at most 25 ms), and of 40 people with 10, 20 and 40 ballots: linear in ballots."""
    Round.objects.filter(period=period).delete()
    RollEntry.objects.filter(period=period).delete()
    branches = iter(_grown(period, 40, 4 * ROUNDS))
    whole = iter([_voted(_opened(period, _shrunk(next(branches))), 20) for _ in range(ROUNDS)])
    works = {"round_of_20": lambda: _count(next(whole))}
    for ballots in (10, 20, 40):
        boxes = iter([_voted(_opened(period, next(branches)), ballots) for _ in range(ROUNDS)])
        works[f"ballots_{ballots}_of_40"] = lambda boxes=boxes: _count(next(boxes))
    samples = in_turn(works, postmaster=postmaster, rounds=ROUNDS)
    lines = {name: sample.line() for name, sample in samples.items()}
    half, full = (lines[f"ballots_{n}_of_40"]["cpu_ms"] for n in (20, 40))
    lines["twice_the_ballots"] = round(full / half, 2)
    return lines


ROUNDS = 5


def _opened(period, branch):
    at = timezone.now()
    by = data.watcher(period)
    return open_round(period, branch, closes_at=at + timedelta(days=3), by=by, at=at)


def _people(peers):
    return [entry.person for entry in peers.roll.select_related("person").order_by("position")]


def _grown(period, people, number):
    """So many branches of so many people: the last ones, each filled up with those of the next."""
    branches = list(
        Organisation.objects.below(period.campaign.organisation)
        .filter(kind="branch")
        .order_by("path")[: 2 * number]
    )
    for one, other in zip(branches[:number], branches[number:], strict=True):
        Affiliation.objects.filter(organisation=other).update(organisation=one)
    assert Person.objects.in_organisation(branches[0], today=period.starts_on).count() == people
    return branches[:number]


def _shrunk(branch):
    extra = Affiliation.objects.filter(organisation=branch).order_by("-pk")[:VOTERS]
    Affiliation.objects.filter(pk__in=[one.pk for one in extra]).delete()
    return branch


def _voted(peers, ballots):
    questions = len(peers.sheet.scale_questions)
    for person in _people(peers)[:ballots]:
        paper = paper_for(person, peers.pk)
        filled = {
            at: Rating(
                levels=tuple(1 + (at + n) % 2 + (at + n) % 7 // 5 for n in range(questions)),
                comment="",
            )
            for at in paper.positions
        }
        cast_ballot(paper, ballot=filled, by=person)
    Round.objects.filter(pk=peers.pk).update(
        closes_at=timezone.now() - timedelta(seconds=1), opens_at=timezone.now() - timedelta(days=2)
    )
    return Round.objects.get(pk=peers.pk)


def _count(peers):
    assert close_round(peers, by=None, at=timezone.now())


def _voting(peers, voters):
    """Each round of measuring: a signed-in page, the sheet's two pages, the floor, one voter's submit."""
    posts = iter([(data.signed_in(voter), _filled(peers, voter)) for voter in voters])
    numbers, address = count(), f"/rounds/{peers.pk}/ballot"
    page = data.signed_in(voters[0])
    bare = data.bare(page)
    rest = iter([_looked(data.signed_in(voter), address) for voter in reversed(voters)])

    def submit():
        client, answers = next(posts)
        assert client.post(address, answers, content_type=FORM).status_code == 302

    floors.jinja_sheet(peers, 1)  # compiled before
    page.get(address)
    return {
        "bare": lambda: bare.get("/floor/authed"),
        "authed": lambda: page.get("/floor/authed"),
        "jinja": lambda: floors.jinja_sheet(peers, VOTERS - 1),
        "page": lambda: next(rest).get(address),
        "floor": lambda: floors.sheet(next(numbers)),
        "submit": submit,
    }


def _looked(client, address):
    """Its first page keeps the session, as one page in two minutes does: a statement that is not the sheet's."""
    client.get(address)
    return client


def _filled(peers, voter):
    """A full sheet as a browser sends it: everybody at the second or third level."""
    paper = paper_for(voter, peers.pk)
    return urlencode(
        {
            scale_name(position, question): question.levels[1 + (position + number) % 2].key
            for position in paper.positions
            for number, question in enumerate(peers.sheet.scale_questions)
        }
    )
