"""Workbooks of what is on the screen."""

from common import downloads

COLUMNS = [
    ("支部", lambda row: row.organisation.name),
    ("人数", lambda row: row.people),
    ("应办职责", lambda row: row.duties),
    ("已办职责", lambda row: row.duties_done),
    ("逾期职责", lambda row: row.duties_overdue),
    ("应点评", lambda row: row.reviews_due),
    ("已点评", lambda row: row.reviews_done),
    ("逾期点评", lambda row: row.reviews_overdue),
    ("公示承诺", lambda row: row.pledges),
    ("已兑现", lambda row: row.pledges_kept),
    ("群众评价数", lambda row: row.ratings),
    ("满意数", lambda row: row.ratings_satisfied),
    ("差评数", lambda row: row.ratings_bad),
    ("互评应投", lambda row: row.ballots_due),
    ("互评已投", lambda row: row.ballots_cast),
]


def dashboard_workbook(period, rows):
    """A download of the branch table of the dashboard."""
    return downloads.workbook(
        f"督查看板_{period.name}",
        [label for label, _ in COLUMNS],
        ([value(row) for _, value in COLUMNS] for row in rows),
        title=f"{period.campaign.name} {period.name} 督查看板",
    )
