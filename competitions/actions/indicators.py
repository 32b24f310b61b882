"""Figures of the scheme's measures: typed one by one or imported; and what they are held against."""

from decimal import Decimal

from django.db import transaction

from branches.actions.list_import import RowIntent, refuse_doubles, save_rows
from campaigns.actions import fulfil, stays_open
from campaigns.models import Period
from common import audit
from competitions.actions.contests import Refused
from competitions.models import Benchmark, Reading, fields_of, key_of
from competitions.queries.finding import Directory

BIGGEST = Decimal(10) ** 10
MOST_CASES = 10_000_000
WORDS = {"person": "个人", "window": "窗口", "branch": "支部"}


@transaction.atomic
def note_reading(  # noqa: PLR0913 (one figure, fully named)
    *, period, item, measure, kind, subject, place, value, note, by, at, cases=None
):
    """A figure of an open period; noted again it replaces the former, on record."""
    if not stays_open(period):
        raise Refused(f"{period.name}已结算，不能再填报指标。")
    row, is_new = Reading.objects.select_for_update().get_or_create(
        period=period,
        item=item,
        measure=measure,
        subject_key=key_of(kind, subject),
        defaults={
            "campaign": period.campaign, "value": value, "cases": cases, "note": note, "noted_by": by,
            "noted_at": at, **fields_of(kind, subject, place),
        },
    )  # fmt: skip
    before = row.value
    if not is_new:
        row.value, row.cases, row.note, row.noted_by, row.noted_at = value, cases, note, by, at
        row.save(update_fields=["value", "cases", "note", "noted_by", "noted_at"])
    about = {f"about_{'organisation' if kind == 'branch' else kind}": subject}
    fulfil(campaign=period.campaign, period=period, act="record_indicator", by=by, at=at, **about)
    detail = {"数值": str(value)} | ({} if is_new else {"原值": str(before)})
    audit.record("填报指标", row, by=by, at=at, path=place.path, detail=detail)
    return row


@transaction.atomic
def set_benchmark(*, campaign, item, measure, values, by, at):  # noqa: PLR0913 (one line)
    """The line of a measure: a standard or a model, its source named."""
    row, _ = Benchmark.objects.update_or_create(
        campaign=campaign,
        item=item,
        measure=measure,
        defaults={**values, "organisation": campaign.organisation, "set_by": by, "set_at": at},
    )
    audit.record("设标杆", row, by=by, at=at, path=campaign.organisation.path)
    return row


def measures_of(plan):
    """{name: (item key, measure)} of all measures of the plan."""
    return {
        measure.name: (item.key, measure)
        for item in plan.items_with("indicator")
        for measure in item.options.measures
    }


def plan_readings(rows, *, scope, about, today):
    """One intent a row: whose figure of which measure; decides, writes nothing."""
    period = Period.objects.select_related("campaign", "scheme_version").get(pk=int(about))
    known = measures_of(period.plan)
    directories = {kind: Directory(kind, scope, today=today) for kind in WORDS}
    there = {
        (row.item, row.measure, row.subject_key): row
        for row in Reading.objects.filter(period=period)
    }
    intents = [_intent(row, period, known, directories, there) for row in rows]
    refuse_doubles(
        intents,
        lambda one: (one.values["measure"], one.values["subject_key"]),
        "与第 {row} 行是同一对象的同一指标",
    )
    return intents


def _intent(row, period, known, directories, there):
    intent = RowIntent(row)
    kind = next((key for key, word in WORDS.items() if word == row.values.get("kind")), "window")
    item, measure = known.get(row.values["measure"], (None, None))
    if measure is None:
        intent.refusal = f"方案里没有指标“{row.values['measure'][:40]}”"
        return intent
    subject, intent.refusal = directories[kind].find(row.values["name"])
    if subject is None:
        return intent
    place = directories[kind].places[subject.pk]
    intent.values = {
        "campaign": period.campaign, "period": period, "item": item, "measure": measure.key,
        "subject_key": key_of(kind, subject), **fields_of(kind, subject, place),
        "value": Decimal(row.values["figure"]),
    }  # fmt: skip
    if row.values.get("cases") is not None:  # a blank cell leaves what was noted
        intent.values["cases"] = row.values["cases"]
    intent.refusal = _refusal(intent.values)
    intent.target = there.get((item, measure.key, intent.values["subject_key"]))
    if intent.target is not None:
        intent.compare({"value": "数值", "cases": "依据件数"})
    return intent


def _refusal(values):
    """Why the figures cannot be: out of all measure, or of no case at all."""
    if abs(values["value"]) >= BIGGEST:
        return "数值太大，请核对单位"
    if not 1 <= values.get("cases", 1) <= MOST_CASES:
        return f"依据件数应在 1 到 {MOST_CASES} 之间"
    return ""


def write_readings(intents, *, undo, by, at):
    for intent in intents:
        if intent.is_new:
            intent.values |= {"noted_by": by, "noted_at": at}
    save_rows(Reading, intents, undo=undo)


def open_periods(by):
    """[(key, label)] of the periods the person may import figures for."""
    periods = Period.objects.visible_to(by).filter(state="open").select_related("campaign")
    return [(str(one.pk), str(one)) for one in periods.order_by("-starts_on", "-pk")]
