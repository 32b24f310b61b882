"""The 整改台账 in the scheme's words, its chain, and where an item came from."""

from supervision.models import Rectification

# The chain that each item's page draws, with the kinds of steps that stand for it.
CHAIN = (
    ("发现", ("found",)),
    ("定措施", ("planned", "extended")),
    ("整改", ("reported", "returned")),
    ("销号", ("signed_off",)),
    ("公开", ("answered",)),
    ("回头看", ("rechecked", "reopened")),
)


NO_WORDS = {"sources": {}, "categories": {}}


def words_of(plan):
    """{"sources": {key: name}, "categories": {key: name}} of the scheme; empty when it asks for no ledger."""
    rules = plan.rectification
    if rules is None:
        return NO_WORDS
    return {
        "sources": {source.key: source.name for source in rules.sources},
        "categories": {
            category.key: f"{category.name}（{'、'.join(category.types)}）"
            if category.types
            else category.name
            for category in rules.categories
        },
    }


def chain_of(item, steps):
    """[(name, date or None, is the present link)] for drawing 发现 → … → 回头看."""
    latest = {step.kind: step.at for step in steps}
    links = []
    for name, kinds in CHAIN:
        times = [latest[kind] for kind in kinds if kind in latest]
        links.append([name, max(times) if times else None])
    present = {"found": 1, "mending": 2, "reported": 3, "signed_off": 5}[item.state]
    return [(name, at, number == present) for number, (name, at) in enumerate(links)]


def steps_of(item):
    return list(item.steps.select_related("by").order_by("at", "pk"))


def repeated(item):
    """Other items of the same category at the same place (复发)."""
    if not item.category:
        return Rectification.objects.none()
    return Rectification.objects.filter(
        organisation=item.organisation, window=item.window, category=item.category
    ).exclude(pk=item.pk)


def recheck_questions(plan):
    rules = plan.rectification
    return rules.recheck.questions if rules and rules.recheck else ()


def with_question_names(plan, steps):
    """Steps with their recheck answers under the scheme's questions."""
    names = {question.key: question.name for question in recheck_questions(plan)}
    return [
        (step, [(names.get(key, key), met) for key, met in step.answers.items()]) for step in steps
    ]
