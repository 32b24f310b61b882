"""What each finished period made public of its results: gathered, proposed, signed by another (L26)."""

from campaigns.models import Duty
from evaluations.queries.bulletins import result_rows
from pledges.actions.shown import judge_shown, propose_shown, save_shown
from pledges.models import Bulletin


def publish_results(season):
    """By whoever owes it, shortly before the period ends; the running period still has it to do."""
    if season.is_running:
        return
    duties = Duty.objects.pending().filter(period=season.period, act="publish_results")
    for duty in duties.select_related("organisation", "assignee").order_by("pk"):
        _publish(season, duty)


def _publish(season, duty):
    rows = result_rows(season.period, duty.organisation)
    if not rows:
        return
    bulletin = Bulletin(
        organisation=duty.organisation,
        period=season.period,
        kind=Bulletin.Kind.RESULTS,
        title=f"{season.period.name}评议结果公示",
        intro="满意率都写明份数和区间；人数不足的不公示结果。",
        rows=rows[:24],
    )
    save_shown(bulletin, by=duty.assignee, at=season.clock.at(0.9))
    propose_shown(bulletin, by=duty.assignee, at=season.clock.at(0.91))
    others = [season.scene.committee, *(troupe.secretary for troupe in season.scene.troupes)]
    signer = next(person for person in others if person != duty.assignee)
    judge_shown(bulletin, verdict="agree", note="", by=signer, at=season.clock.at(0.92))
