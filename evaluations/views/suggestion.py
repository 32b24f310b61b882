"""意见箱 of a window or a branch: no login, a receipt code, public answers below it (P06)."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from branches.models import Organisation, Window
from common import throttle
from common.dates import today
from evaluations.actions.feedback import drop_suggestion
from evaluations.actions.ratings import AlreadyRated, one_form
from evaluations.forms.feedback import SuggestionForm
from evaluations.forms.rating import new_nonce
from evaluations.queries.feedback import box_of, published_about
from evaluations.queries.ratings import running_period_over

SLIPS, SECONDS = 20, 600
PUBLISHED = 10


@login_not_required
@never_cache
@sensitive_post_parameters()
def suggestion_window(request, code):
    """The box of a window."""
    windows = Window.objects.open().select_related("organisation")
    window = get_object_or_404(windows, code=code.upper())
    return _box(request, window.organisation, {"window": window})


@login_not_required
@never_cache
@sensitive_post_parameters()
def suggestion_branch(request, code):
    """The box of a branch or unit, by its organisation code."""
    organisation = get_object_or_404(Organisation.objects.active(), code=code)
    return _box(request, organisation, {"organisation": organisation})


def _box(request, organisation, place):
    period = running_period_over(organisation, today=today(), mechanism="suggestion_box")
    settings = box_of(period.plan) if period else None
    window = place.get("window")
    context = {
        "organisation": organisation,
        "window": window,
        "place_name": window.name if window else organisation.label,
        "published": published_about(organisation, window)[:PUBLISHED],
    }
    if settings is None:
        return render(request, "evaluations/suggestion.html", context)
    form = SuggestionForm(
        request.POST or None, anonymous=settings.anonymous, initial={"nonce": new_nonce()}
    )
    if form.is_valid():
        if not throttle.allow(request, f"box:{organisation.pk}", SLIPS, SECONDS):
            return render(request, "429.html", status=429)
        receipt = _drop(form.cleaned_data, period, place)
        return render(request, "evaluations/suggestion_done.html", context | {"receipt": receipt})
    if form.errors.get("nonce"):
        form.data = form.data.copy()
        form.data["nonce"] = new_nonce()
    return render(request, "evaluations/suggestion.html", context | {"form": form})


def _drop(cleaned, period, place):
    """The receipt code, or None when this slip came before."""
    try:
        return drop_suggestion(
            period=period,
            place=place,
            text=cleaned["text"].strip(),
            contact={"name": cleaned["name"], "phone": cleaned["phone"]},
            once=one_form(cleaned["nonce"]),
            today=today(),
        )
    except AlreadyRated:
        return None
