import re

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from campaigns.models import SchemeDraft
from supervision.models import Scorecard
from supervision.queries.trial import TrialRefused, last_closed, try_recipe

SHOWN = 20
STEP = re.compile(r"[^.\[\]]+")


def recipe_trial(request, pk, number):
    """Beside the editor of a recipe: what the last settled period would have come to."""
    drafts = SchemeDraft.objects.visible_to(request.user).select_related("based_on")
    draft = get_object_or_404(drafts, pk=pk)
    recipes = draft.plan.recipes
    if number >= len(recipes):
        raise Http404
    part = recipes[number]
    period, trial, refusal = last_closed(request.user, draft, part.subject), None, ""
    if period is not None:
        try:
            trial = try_recipe(request.user, draft, part, period)
        except TrialRefused as error:
            refusal = str(error)
    context = {
        "draft": draft,
        "part": part,
        "place": f"recipes/{number}",
        "period_tried": period,
        "trial": trial,
        "lines": trial.lines[:SHOWN] if trial else [],
        "refusal": refusal,
        "live": _live(trial, number) if trial else [],
        "subject_name": dict(Scorecard.Subject.choices).get(part.subject, ""),
    }
    partial = context["partial"] = bool(request.headers.get("HX-Request"))
    name = "_recipe_trial" if partial else "recipe_trial"
    return render(request, f"supervision/{name}.html", context)


def _live(trial, number):
    """[(id of the node's line in the editor, average)]."""
    top = f"recipes/{number}/formula"
    return [
        ("-".join(["live", *top.split("/"), *STEP.findall(place)]), mean)
        for place, _, mean, _ in trial.parts
    ]
