"""The least that the same work can cost on this machine (performance.md), measured beside the product."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines

from supervision.models import Rollup

ROW = """<table>{% for row in rows %}<tr><td>{{ row.organisation.name }}</td><td>{{ row.people }}</td>
<td>{{ row.duties_done }}/{{ row.duties }}</td><td>{{ row.duties_overdue }}</td>
<td>{{ row.reviews_done }}/{{ row.reviews_due }}</td><td>{{ row.pledges_kept }}/{{ row.pledges }}</td>
<td>{{ row.ratings }}</td><td>{{ row.ratings_satisfied }}</td><td>{{ row.ratings_bad }}</td>
<td>{{ row.ballots_cast }}/{{ row.ballots_due }}</td></tr>{% endfor %}</table>"""


def authed(request):
    """A signed-in page that says nothing: session and account, one SELECT."""
    return HttpResponse(request.user.name)


@login_not_required
def minimal(request):
    """A public page that says nothing."""
    return HttpResponse("ok")


def table(request):
    """Fifty summary rows in a Django template: the paged floor of a dashboard."""
    rows = Rollup.objects.select_related("organisation").order_by("path")[:50]
    return HttpResponse(engines["django"].from_string(ROW).render({"rows": rows}))


def close(period):
    """Scores and ranks of everybody by one exact statement over the wide counts: the close floor."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_close")
        cursor.execute(
            """
            CREATE TEMP TABLE bench_close AS
            SELECT person_id, score, rank() OVER (ORDER BY score DESC) AS place FROM (
                SELECT person_id,
                       sum(level_1 * 95 + level_2 * 80 + level_3 * 65 + level_4 * 40)::numeric
                       / nullif(sum(level_1 + level_2 + level_3 + level_4), 0) AS score
                FROM evaluations_peertally t JOIN evaluations_round r ON r.id = t.round_id
                WHERE r.period_id = %s GROUP BY person_id
            ) AS sums
            """,
            [period.pk],
        )


def sheet(number):
    """Twenty lines in one statement, a mark and a bell: three statements, one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM bench_sheet_mark WHERE id = 1 FOR UPDATE")
        values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * 20)
        lines = [value for line in range(20) for value in (number, line, 1, 2, 3, 4)]
        cursor.execute(f"INSERT INTO bench_sheet VALUES {values}", lines)
        cursor.execute("UPDATE bench_sheet_mark SET n = n + 1 WHERE id = 1")


def make_sheet_tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_sheet (ballot int, line int, a int, b int, c int, d int)"
        )
        cursor.execute("CREATE TABLE bench_sheet_mark (id int PRIMARY KEY, n int)")
        cursor.execute("INSERT INTO bench_sheet_mark VALUES (1, 0)")
