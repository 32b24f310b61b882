"""What must hold after each period, whoever did or did not do what."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from branches.models import Affiliation, Organisation, Window
from campaigns.models import Duty
from common import audit
from common.models import Notice
from evaluations.models import Feedback, PeerComment, PeerTally, RollEntry, Round
from pledges.models import Bulletin
from supervision.models import Rectification, Rollup, Scorecard

LEVELS = [f"level_{number}" for number in range(1, 9)]
SHOWN_FROM = {PeerTally.Shown.HISTOGRAM: 5, PeerTally.Shown.GRADE: 3}


@dataclass(frozen=True)
class Held:
    """One line: what, whether it holds, and the figures."""

    name: str
    holds: bool
    figures: str

    def __str__(self):
        return f"{'✓' if self.holds else '✗'} {self.name}：{self.figures}"


def check(year, season, *, today):
    """Every invariant of a period that was just closed."""
    period = season.period
    return [
        _cards(period),
        _rolls(period),
        _duties(period, today),
        _notices(),
        _ledger(year.campaign),
        _feedback(year.campaign),
        _audit(),
        _thresholds(period),
        _refused(year),
    ]


def _cards(period):
    """Σ scorecards = Σ roll: each participant, window and branch of the last day exactly once."""
    cards = Scorecard.objects.filter(period=period).latest()
    got = dict(cards.values_list("subject").annotate(Count("pk")).order_by("subject"))
    twice = cards.values("subject", "subject_id").annotate(n=Count("pk")).filter(n__gt=1).count()
    root = period.campaign.organisation.path
    home = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=period.ends_on), organisation__path__startswith=root,
        starts_on__lte=period.ends_on,
    )  # fmt: skip
    if not period.plan.includes_non_members:
        home = home.exclude(status=Affiliation.Status.STAFF)
    wanted = {
        "person": home.values("person").distinct().count(),
        "window": Window.objects.filter(organisation__path__startswith=root).count(),
        "branch": Organisation.objects.filter(path__startswith=root, kind="branch").count(),
    }
    wanted = {key: count for key, count in wanted.items() if key in got or count}
    kinds = {part.subject for part in period.plan.recipes}
    wanted = {key: count for key, count in wanted.items() if key in kinds}
    people = Rollup.objects.filter(period=period).aggregate(n=Sum("people"))["n"]
    figures = f"得分卡 {got}，名册 {wanted}，汇总人数 {people}"
    return Held("得分卡与名册一致", got == wanted and not twice, figures)


def _rolls(period):
    """In every round: ballots counted = marks; everybody rated has a result."""
    wrong, ballots, voters = [], 0, 0
    for round in Round.objects.filter(period=period).order_by("pk"):
        entries = RollEntry.objects.filter(round=round)
        rated = entries.filter(is_rated=True).count()
        told = PeerTally.objects.filter(round=round).values("person").distinct().count()
        if not round.is_closed or round.turnout != round.ballots_counted or rated != told:
            wrong.append(str(round))
        ballots, voters = ballots + (round.ballots_counted or 0), voters + round.voter_count
    return Held(
        "互评票数与名册一致", not wrong, f"{ballots} 票 / 应投 {voters}；{wrong or '无差异'}"
    )


def _duties(period, today):
    """Each is done, waived or overdue, and only one of these."""
    duties = Duty.objects.filter(period=period)
    done = duties.exclude(done_at=None)
    both = done.exclude(waived_at=None).count()
    waived = duties.exclude(waived_at=None).count()
    overdue = duties.overdue(today=today).count()
    total, whole = duties.count(), done.count() + waived + overdue
    open_ones = duties.pending().filter(due_on__gte=today, rule__startswith="ledger-").count()
    figures = (
        f"共 {total}：办结 {done.count()}、免办 {waived}、逾期 {overdue}、整改未到期 {open_ones}"
    )
    return Held("每项职责有着落", not both and total == whole + open_ones, figures)


def _notices():
    """Nobody is told the same thing twice."""
    all_ones = Notice.objects.order_by()
    twice = all_ones.values("recipient", "event", "step").annotate(n=Count("pk")).filter(n__gt=1)
    same = all_ones.values("recipient", "title", "body", "url", "created_at").annotate(
        n=Count("pk")
    )
    same = same.filter(n__gt=1).exclude(body="").count()
    return Held(
        "没有重复的消息", not twice.exists() and not same, f"{all_ones.count()} 条，重复 {same}"
    )


def _ledger(campaign):
    items = Rectification.objects.filter(campaign=campaign)
    closed = items.filter(state=Rectification.State.SIGNED_OFF).count()
    lost = items.exclude(state=Rectification.State.SIGNED_OFF).filter(owner=None).count()
    self_signed = items.filter(signed_off_by=F("owner")).count()
    figures = f"{items.count()} 件，销号 {closed}，无人负责 {lost}"
    return Held("整改都已销号或有人负责", not lost and not self_signed, figures)


def _feedback(campaign):
    rows = Feedback.objects.filter(campaign=campaign)
    waiting = rows.filter(state=Feedback.State.RECEIVED)
    lost = waiting.filter(Q(owner=None) | Q(due_on=None)).count()
    figures = f"{rows.count()} 条，待答复 {waiting.count()}，无人负责 {lost}"
    return Held("群众意见都已答复或有人负责", not lost, figures)


def _audit():
    broken = audit.verify()
    return Held("留痕链完好", not broken, f"{audit.head()[0]} 条，断开 {len(broken)}")


def _thresholds(period):
    """No figure of fewer ballots than its threshold is stored, so none can be shown."""
    wrong, hidden = 0, 0
    for round in Round.objects.filter(period=period).order_by("pk"):
        voted = RollEntry.objects.filter(round=round, is_voter=True)
        marked = {one.person_id for one in voted if round.has_mark(one.position)}
        for tally in PeerTally.objects.filter(round=round).order_by("pk"):
            others = len(marked - {tally.person_id})
            hidden += tally.shown == PeerTally.Shown.NOTHING
            wrong += others < SHOWN_FROM.get(tally.shown, 0)
        for comment in PeerComment.objects.filter(round=round).order_by("pk"):
            others = len(marked - {comment.person_id})
            wrong += others < SHOWN_FROM[PeerTally.Shown.HISTOGRAM]
    wrong += _hung_too_early(period)
    return Held("人数不足的数字没有露出", not wrong, f"不足而不显示 {hidden} 人，违例 {wrong}")


def _hung_too_early(period):
    """Rows of public bulletins that give a figure of fewer answers than the plan asks for."""
    asked = period.plan.item_with("published_results")
    least = max(
        asked.options.min_respondents if asked else 0, period.plan.thresholds.public_results
    )
    rows = [
        row
        for hung in Bulletin.objects.filter(period=period, kind=Bulletin.Kind.RESULTS)
        for row in hung.rows
    ]
    return sum(row["n"] < least and bool(row["value"] or row.get("bars")) for row in rows)


def _refused(year):
    figures = "、".join(f"{what} {count} 次" for what, count in sorted(year.refused.items()))
    passed = "；没有拦住：" + "、".join(year.got_through) if year.got_through else ""
    return Held("不该做的都被拒绝", not year.got_through, (figures or "没有人试") + passed)
