"""Cards of service items and boards of published results as they are printed today (L12, L26)."""

from pledges.models import Bulletin, ServiceItem
from pledges.queries.face import Face


def item_faces(printable, organisation, period, today):
    """The cards that hang, of the organisation and below (L12)."""
    items = (
        ServiceItem.objects.public(today=today)
        .filter(organisation__path__startswith=organisation.path)
        .select_related("organisation", "window")
        .order_by("organisation__path", "matter", "pk")
    )
    asked = period.plan.item_with("service_item")
    track = (asked and asked.options.fast_track) or "快速通道"
    return [
        Face(
            kind=printable.kind,
            subject=f"item:{item.code}",
            title=item.matter,
            note=item.window.name if item.window else item.organisation.label,
            facts={
                "name": item.matter,
                "unit": " · ".join(
                    part
                    for part in (item.organisation.name, item.window and item.window.name)
                    if part
                ),
                "parts": _disclosed(item, track),
                "qr": f"/s/{item.code}/",
                "code": item.code,
            },
        )
        for item in items
    ]


def _disclosed(item, track):
    """The eight, in the order of the plan that asks for them, then what plans add."""
    free = item.charges == ServiceItem.Charges.FREE
    days = item.limit_text
    if (item.days_cut or 0) > 0:
        days += f"（原 {item.legal_days} 个工作日，压缩 {item.days_cut} 天）"
    if item.is_fast_track:
        days += f"\n{track}：{item.fast_text}"
    parts = [
        ["办理的事项", item.matter],
        ["政策依据", item.basis],
        ["前置条件", item.preconditions],
        ["申请材料", "\n".join(item.material_lines)],
        ["办理程序", item.procedure],
        ["收费依据", "不收费" if free else item.fee_basis],
        ["收费标准", "不收费" if free else item.fee_standard],
        ["办理时限", days],
        ["承办单位、承办人", f"{item.handler_unit} · {item.handler_name}\n{item.shown_contact}"],
        ["服务标准", item.service_standard],
    ]
    return [part for part in parts if part[1]]


def result_faces(printable, organisation, period, today):
    """Published results, each a board for the hall: n beside every figure (L26)."""
    bulletins = (
        Bulletin.objects.public(today=today)
        .filter(kind=Bulletin.Kind.RESULTS, organisation__path__startswith=organisation.path)
        .select_related("organisation", "period")
        .order_by("-published_at", "-pk")
    )
    return [
        Face(
            kind=printable.kind,
            subject=f"bulletin:{bulletin.code}",
            title=bulletin.title,
            note=bulletin.organisation.label,
            facts={
                "name": bulletin.title,
                "unit": f"{bulletin.organisation.name} · {bulletin.period.name}",
                "intro": bulletin.intro,
                "rows": [_said(row) for row in bulletin.rows],
                "definitions": sorted(
                    {row["definition"] for row in bulletin.rows if row.get("definition")}
                ),
                "qr": f"/x/bulletin/{bulletin.code}/",
            },
        )
        for bulletin in bulletins
    ]


def _said(row):
    """[whom, by whom, result, n] of one row."""
    whom = " · ".join(part for part in (row["group"], row["subject"], row.get("question")) if part)
    bars = "，".join(f"{name} {count}" for name, count in row.get("bars", ()) if count)
    interval = f"95% 区间 {row['interval']}" if row.get("interval") else ""
    result = "\n".join(part for part in (row.get("value"), interval, bars, row.get("note")) if part)
    return [whom, row.get("rater") or "—", result, f"{row['n']} 份"]


SHOWN_FACES = {"item_card": item_faces, "result_board": result_faces}
