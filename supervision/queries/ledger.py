"""The 整改台账 in the scheme's words, its chain, and where an item came from."""

from supervision.models import Rectification

# The chain that each item's page draws, with the kinds of steps that stand for it.
CHAIN = (
    ("意见", ("found",)),
    ("核实", ("checked", "planned")),
    ("整改", ("extended", "reported", "returned", "reopened")),
    ("销号", ("signed_off",)),
    ("回访", ("called_back", "judged")),
    ("公开", ("answered",)),
    ("回头看", ("rechecked",)),
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
    """[(name, newest step or None, is the present link)] for drawing 意见 → 核实 → … → 回头看."""
    links = [
        (name, next((step for step in reversed(steps) if step.kind in kinds), None))
        for name, kinds in CHAIN
    ]
    present = {"found": 1, "mending": 2, "reported": 3}.get(item.state)
    if present is None:
        names = wanting(item, steps)
        present = next((n for n, (name, _) in enumerate(links) if name in names), None)
    return [(name, step, number == present) for number, (name, step) in enumerate(links)]


def wanting(item, steps):
    """After the sign-off: which links the plan still asks for."""
    rules = item.period.plan.rectification
    if item.state != Rectification.State.SIGNED_OFF or rules is None:
        return []
    done = {step.kind for step in steps}
    asked = [
        ("回访", rules.call_back and not done & {"called_back", "judged"}),
        ("公开", rules.public_answer and not item.public_answer),
        ("回头看", item.recheck_draw_id and "rechecked" not in done),
    ]
    return [name for name, missing in asked if missing]


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
