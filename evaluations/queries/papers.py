"""Paper slips: on which forms, and where two people typed different figures."""

from dataclasses import dataclass

from evaluations.models import PaperSheet
from evaluations.queries import polls, ratings


@dataclass(frozen=True)
class Form:
    """The questions of a sheet in the scheme's words."""

    names: tuple  # what the paper is called
    questions: tuple  # (key, name, ((level key, level name), …))

    @property
    def has_figures(self):
        """Slips are counted by level; written figures are not."""
        return any(not levels for _, _, levels in self.questions)


def window_form(plan):
    """The public rating on paper; None when the scheme has no paper channel."""
    questionnaire = plan.questionnaire_for("public_rating")
    if questionnaire is None or ratings.channel_of(plan, "paper") is None:
        return None
    names = plan.item_with("public_rating").options.paper_forms or (questionnaire.name,)
    return Form(tuple(names), _questions(plan, questionnaire))


def poll_form(poll):
    offer = polls.offer_of(poll)
    return Form((offer.questionnaire.name,), _questions(poll.period.plan, offer.questionnaire))


def round_form(round):
    """One form for the whole of a small branch: each person's questions, in the order of their names."""
    roll = round.roll.filter(is_rated=True).select_related("person")
    people = roll.order_by("person__name_pinyin", "person_id")
    questions = (
        (
            f"p{entry.position}-{question.key}",
            f"{entry.person.name}·{question.name}",
            tuple((level.key, level.name) for level in question.levels),
        )
        for entry in people
        for question in round.sheet.scale_questions
    )
    return Form((round.sheet.name,), tuple(questions))


def form_of(sheet):
    if sheet.round_id:
        return round_form(sheet.round)
    return poll_form(sheet.poll) if sheet.poll_id else window_form(sheet.period.plan)


def _questions(plan, questionnaire):
    return tuple(
        (
            question.key,
            question.name,
            tuple((level.key, level.name) for level in plan.scale_of(question).levels),
        )
        for question in questionnaire.scale_questions
    )


def listed(person):
    return (
        PaperSheet.objects.visible_to(person)
        .select_related(
            "window__organisation",
            "poll__organisation",
            "round__organisation",
            "round__period",
            "period",
        )
        .prefetch_related("entries__by")
        .order_by("state", "-pk")
    )


def differences(form, entries):
    """[(what, figure of the first, figure of the second)] where the two latest entries differ."""
    if len(entries) < 2:
        return []
    first, second = entries[-2:]
    found = [("张数", first.slips, second.slips)] if first.slips != second.slips else []
    for key, name, levels in form.questions:
        for level, label in levels:
            one = first.totals.get(key, {}).get(level, 0)
            two = second.totals.get(key, {}).get(level, 0)
            if one != two:
                found.append((f"{name} · {label}", one, two))
    return found


def entries_of(sheet):
    return list(sheet.entries.select_related("by").order_by("entered_at", "pk"))
