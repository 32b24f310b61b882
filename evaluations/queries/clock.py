"""点评进度: who still owes reviews, red, amber or green; and whose reviews all say the same (P14, P15, D7)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q

from branches.models import Person, under
from campaigns.models import Duty
from evaluations.models import Review

ACTS = {"leader_review": Review.Kind.LEADER, "branch_review": Review.Kind.BRANCH}
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Hand:
    """One reviewer's clock."""

    person: Person
    kind: str
    owed: int
    done: int
    due_on: date | None  # of the next one open
    state: str  # ok, due, late, or later: nothing to do yet
    same: int  # reviews whose words he used for somebody else too

    @property
    def word(self):
        return {"ok": "已点评", "late": "逾期", "due": "快到期", "later": "还没到期"}[self.state]


def hands(period, paths, *, today):
    """Late ones first. One statement for the duties, one for the texts."""
    duties = Duty.objects.filter(
        under(paths, "organisation__path"), period=period, act__in=ACTS, waived_at=None
    )
    still_open = Q(done_at=None)
    rows = list(
        duties.values("assignee", "act")
        .annotate(
            owed=Count("pk"),
            done=Count("pk", filter=~still_open),
            due=Min("due_on", filter=still_open),
        )
        .order_by("due", "assignee", "act")
    )
    people = Person.objects.in_bulk([row["assignee"] for row in rows])
    same = identical(period, [row["assignee"] for row in rows])
    found = [_hand(row, people, same, today) for row in rows]
    order = ("late", "due", "later", "ok")
    return sorted(found, key=lambda hand: (order.index(hand.state), hand.person.name_pinyin))


def _hand(row, people, same, today):
    kind = ACTS[row["act"]]
    return Hand(
        person=people[row["assignee"]],
        kind=kind.label,
        owed=row["owed"],
        done=row["done"],
        due_on=row["due"],
        state=_state(row["due"], today),
        same=same.get((row["assignee"], kind.value), 0),
    )


def _state(due_on, today):
    if due_on is None:
        return "ok"
    if due_on < today:
        return "late"
    return "due" if due_on <= today + SOON else "later"


def identical(period, authors):
    """{(author, kind): reviews with the very words of another of his}."""
    rows = Review.objects.current().filter(period=period, author__in=authors)
    texts = defaultdict(Counter)
    for author, kind, words in rows.values_list("author", "kind", "texts").order_by("pk"):
        if any(words.values()):
            texts[author, kind][tuple(sorted(words.items()))] += 1
    return {
        key: sum(count for count in counts.values() if count > 1) for key, counts in texts.items()
    }
