"""The branch table of the dashboard, put together without the template engine.

Fifty rows of eleven cells were a third of the page's CPU (10 µs a cell); as one format a row they are next to
nothing (docs/adr/dashboard-rows-in-python.md). Text is escaped with `escape`; all other cells are whole numbers.
"""

from urllib.parse import quote_plus

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from common.templatetags.portal import query

register = template.Library()

ROW = """
<tr>
<td class="card-title" data-label="支部"><a href="?{link}">{label}</a></td>
<td class="end num" data-label="人数">{people}</td>
<td class="end num" data-label="职责完成">{duties_done}/{duties}</td>
<td class="end num" data-label="逾期">{late}</td>
<td class="end num" data-label="点评">{reviews_done}/{reviews_due}</td>
<td class="end num" data-label="承诺">{pledges_kept}/{pledges}</td>
<td class="end num" data-label="评价数">{ratings}</td>
<td class="end num" data-label="满意">{ratings_satisfied}</td>
<td class="end num" data-label="差评">{ratings_bad}</td>
<td class="end num" data-label="互评">{ballots_cast}/{ballots_due}</td>
<td class="end num" data-label="整改">{ledger_running}{owed}</td>
</tr>"""


@register.simple_tag(takes_context=True)
def branch_rows(context, rows):
    """The rows of `queries.dashboard.cells`, each with a link to the branch that keeps the present filter."""
    kept = query(context, org=None, page=None)
    head = f"{kept}&" if kept else ""
    return mark_safe("".join(_row(row, head) for row in rows))  # noqa: S308 (made of escaped parts)


def _row(row, head):
    late, owed = row["duties_overdue"], row["ledger_overdue"]
    return ROW.format(
        **row,
        link=escape(f"{head}org={quote_plus(row['organisation__code'])}"),
        label=escape(row["organisation__short_name"] or row["organisation__name"]),
        late=f"<strong>{late}</strong>" if late else 0,
        owed=f" <strong>超期 {owed}</strong>" if owed else "",
    )
