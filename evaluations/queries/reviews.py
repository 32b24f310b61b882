from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Subquery

from branches.models import Affiliation, Person, scope_paths, under
from evaluations.models import Review
from evaluations.permissions.reviews import ROLES
from pledges.models import Pledge


@dataclass(frozen=True)
class Part:
    """One written part of a review, as the scheme words it."""

    key: str
    name: str
    required: bool
    max_length: int


# What a review has when a scheme asks for no written parts of its own (P16).
FOUR_PARTS = (
    Part("achievements", "成绩", True, 500),
    Part("problems", "问题", True, 500),
    Part("advice", "改进意见", True, 500),
    Part("direction", "努力方向", True, 500),
)


def review_form(plan, kind):
    """(written parts, scale questions) of the scheme's questionnaire for this kind of review."""
    questionnaire = plan.questionnaire_for(f"{kind}_review")
    if questionnaire is None:
        return FOUR_PARTS, ()
    parts = tuple(
        Part(question.key, question.name, question.required, question.max_length)
        for question in questionnaire.text_questions
    )
    return parts or FOUR_PARTS, questionnaire.scale_questions


def occasions(plan, kind):
    item = plan.item_with(f"{kind}_review")
    return tuple(getattr(item.options, "occasions", ())) if item else ()


def people_to_review(author, period, kind, *, today):
    """Everybody in the author's scope but himself, with `review_id` when done; the undone first."""
    current = Affiliation.objects.current(today=today).filter(
        under(scope_paths(author, *ROLES[kind]), "organisation__path")
    )
    mine = Review.objects.current().filter(
        period=period, kind=kind, author=author, person=OuterRef("person")
    )
    return (
        current.exclude(person=author)
        .filter(person__is_active=True)
        .select_related("person", "organisation")
        .annotate(review_id=Subquery(mine.values("pk")[:1]))
        .order_by(F("review_id").asc(nulls_first=True), "organisation__path", "person__name_pinyin")
    )


def facts_about(person, period):
    """What stands beside the form: the person's pledges of the period and the last reviews he got."""
    return {
        "pledges": Pledge.objects.public().filter(owner_person=person, period=period),
        "last_reviews": Review.objects.current()
        .filter(person=person)
        .exclude(period=period)
        .select_related("author", "period")
        .order_by("-written_at")[:2],
    }


def with_words(review):
    """(part name, text) and (question, level name) in the scheme's words, for showing."""
    plan = review.period.plan
    parts, questions = review_form(plan, review.kind)
    written = [(part.name, review.texts.get(part.key, "")) for part in parts]
    rated = [
        (question.name, plan.scale_of(question).answer_name(review.levels[question.key]))
        for question in questions
        if review.levels.get(question.key)
    ]
    return [(name, text) for name, text in written if text], rated


def coverage(period, kind, organisation, *, today):
    """(reviewed, all) people of the organisation: the n-of-N tracker (P14)."""
    people = Person.objects.in_organisation(organisation, today=today).filter(is_active=True)
    done = Review.objects.filter(period=period, kind=kind, person=OuterRef("pk"))
    return people.filter(Exists(done)).count(), people.count()
