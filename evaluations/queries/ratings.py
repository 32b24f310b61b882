from django.db.models import Sum

from branches.models import Window
from campaigns.models import Period
from common import moment
from common.dates import ONE_DAY, range_of
from evaluations.models import RatingCount
from scoring import wilson_interval


def running_period(window, *, today):
    """The open period in which the window is rated, or None: then nobody can rate."""
    return running_period_over(window.organisation, today=today, mechanism="public_rating")


def open_place(code, *, today):
    """(window, the period in which it is rated or None) of a window's code, None without such a window.

    Kept for a moment while it is rated; who writes by it asks again (`one_form`).
    """
    return moment.kept_fact(f"rated:{code}:{today}", lambda: _open_place(code, today))


def forget_place(code, *, today):
    """What was kept of it no longer holds."""
    moment.forget_fact(f"rated:{code}:{today}")


def _open_place(code, today):
    window = Window.objects.open().select_related("organisation").filter(code=code).first()
    return window and (window, running_period(window, today=today))


def running_period_over(organisation, *, today, mechanism):
    """Of the open periods over the organisation the newest whose plan asks for the mechanism, else the newest.

    Several campaigns run over the same people: what the public says counts in the one that asked for it.
    """
    path = organisation.path
    above = [path[:end] for end in range(4, len(path) + 1, 4)]
    periods = (
        Period.objects.containing(today)
        .filter(campaign__organisation__path__in=above, state=Period.State.OPEN)
        .select_related("campaign", "scheme_version")
        .defer("scheme_version__document")  # the plan is kept by its digest: reading it costs 8 ms
        .order_by("-starts_on", "-pk")
    )
    asking = (period for period in periods if period.plan.item_with(mechanism))
    return next(asking, None) or next(iter(periods), None)


def channel_of(plan, kind):
    """The scheme's channel of a kind ("open": static QR code, "ticket"); None when it has none."""
    return next((channel for channel in plan.channels if channel.kind == kind), None)


def rating_words(plan):
    """{key: name} of the plan's channels, questions and levels, for lists that print them."""
    questions = [one for form in plan.questionnaires for one in form.questions]
    levels = [level for scale in plan.scales for level in scale.levels]
    return {one.key: one.name for one in (*questions, *levels, *plan.channels)}


def level_counts(period, **where):
    """{(window id, channel, question, level): count} of the period, one GROUP BY."""
    rows = (
        RatingCount.objects.filter(
            campaign=period.campaign, day__gte=period.starts_on, day__lte=period.ends_on, **where
        )
        .values_list("window", "channel", "question", "level")
        .annotate(total=Sum("count"))
    )
    return {(window, channel, question, level): n for window, channel, question, level, n in rows}


def told_until(period, *, today):
    """The last day whose ratings a window's own people see: whole weeks while the period runs (B19).

    Otherwise who reloads the page after a visit reads what this visitor answered.
    """
    if today > period.ends_on:
        return period.ends_on
    return range_of("week", today)[0] - ONE_DAY


def satisfaction_of(definition, counts):
    """(satisfied, n, bad) from {level: count} by the scheme's own definition of 满意率."""
    n = sum(count for level, count in counts.items() if level not in definition.excluded)
    satisfied = sum(counts.get(level, 0) for level in definition.satisfied)
    bad = sum(counts.get(level, 0) for level in definition.bad)
    return satisfied, n, bad


def interval_text(satisfied, n):
    """95 % Wilson interval such as 91.2% to 97.8%; empty when there is nothing to tell."""
    if not n:
        return ""
    low, high = wilson_interval(satisfied, n)
    return f"{low * 100:.1f}% 至 {high * 100:.1f}%"


def definition_text(plan):
    """What 满意率 means in this scheme, for the line under every figure."""
    definition = plan.satisfaction
    questionnaire = plan.questionnaire(definition.questionnaire)
    scale = plan.scale_of(questionnaire.question(definition.question))
    counted = "、".join(scale.level(key).name for key in definition.satisfied)
    left_out = "、".join(scale.level(key).name for key in definition.excluded)
    return f"满意率为（{counted}）占有效评价的比例" + (
        f"，{left_out}不计入分母" if left_out else ""
    )
