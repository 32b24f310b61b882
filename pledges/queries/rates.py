"""How many pledges were kept, by branch and by window; whether the leaders go first (L19, R10)."""

from django.db.models import Count, F, Q

from branches.models import Person, Role, under, visible_paths
from pledges.models import Pledge

JUDGED = ("kept", "unkept")


def fulfilment(person, period, *, today, by):
    """Rows of {"pk", "name", "total", "kept", "unkept", "late", "share", "n"}, one question."""
    field = {"branch": "organisation", "window": "owner_window"}[by]
    rows = (
        Pledge.objects.public()
        .filter(under(visible_paths(person), "organisation__path"), period=period)
        .filter(**{f"{field}__isnull": False})
        .values(f"{field}_id", f"{field}__name", code=F("organisation__code"))
        .annotate(
            total=Count("pk"),
            kept=Count("pk", filter=Q(status="kept")),
            unkept=Count("pk", filter=Q(status="unkept")),
            late=Count("pk", filter=Q(status="published", due_on__lt=today)),
        )
        .order_by(f"{field}__name", f"{field}_id")
    )
    return [_with_share(row, field) for row in rows]


def _with_share(row, field):
    judged = row["kept"] + row["unkept"]
    return {
        "name": row[f"{field}__name"],
        "rows": {"org": row["code"]}
        | ({"window": row[f"{field}_id"]} if "window" in field else {}),
        "total": row["total"],
        "kept": row["kept"],
        "unkept": row["unkept"],
        "late": row["late"],
        "n": judged,
        "share": row["kept"] / judged if judged else None,
    }


def leaders_first(period, *, today):
    """[(leader, has a public pledge in the period)] over the campaign's tree, by name."""
    roles = Role.objects.current(today=today).filter(
        kind="leader", organisation__path__startswith=period.campaign.organisation.path
    )
    leaders = Person.objects.filter(pk__in=roles.values("person"), is_active=True)
    done = set(
        Pledge.objects.public().filter(period=period).values_list("owner_person_id", flat=True)
    )
    return [(leader, leader.pk in done) for leader in leaders.order_by("name_pinyin", "pk")]
