"""评议公示: choose what of a period is made public and for whom; another signs, then it hangs (L25, L26)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from branches.models import Organisation, scope_paths, under
from common.publishing import NotReady, StepTaken
from evaluations.queries import bulletins as queries
from pledges.actions.shown import propose_shown, save_shown
from pledges.forms.bulletin import BulletinForm
from pledges.models import Bulletin
from pledges.permissions.shown import WRITERS

WORDS = {
    Bulletin.Kind.RESULTS: ("公示评议结果", "评议结果", queries.result_rows),
    Bulletin.Kind.COMMENTS: ("公开点评", "点评", queries.comment_rows),
}


@require_http_methods(["GET", "HEAD", "POST"])
def bulletin_add(request):
    return _add(request, Bulletin.Kind.RESULTS)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_bulletin_add(request):
    return _add(request, Bulletin.Kind.COMMENTS)


def _add(request, kind):
    organisations = _organisations(request)
    organisation = _chosen(request, organisations)
    title, noun, gather = WORDS[kind]
    period = request.period
    rows = gather(period, organisation)
    bulletin = Bulletin(
        organisation=organisation, period=period, kind=kind, visibility=_visibility(period, kind)
    )
    form = BulletinForm(
        request.POST or None,
        instance=bulletin,
        rows=rows,
        initial={"title": f"{period.name}{noun}公示"},
    )
    if request.method == "POST" and form.is_valid():
        return _save(request, form.save(commit=False))
    context = {
        "form": form,
        "rows": rows,
        "title": title,
        "kind": kind,
        "organisation": organisation,
        "organisations": organisations,
    }
    return render(request, "evaluations/bulletin_add.html", context)


def _organisations(request):
    """Where one may publish, within the campaign that is open on the page."""
    scopes = scope_paths(request.user, *WRITERS)
    if not scopes or request.period is None:
        raise PermissionDenied
    return (
        Organisation.objects.active()
        .filter(under(scopes), path__startswith=request.campaign.organisation.path)
        .exclude(kind=Organisation.Kind.GROUP)
        .order_by("path")
    )


def _chosen(request, organisations):
    asked = request.POST.get("organisation") or request.GET.get("organisation") or ""
    found = organisations.filter(pk=asked).first() if asked.isdigit() else organisations.first()
    if found is None:
        raise PermissionDenied
    return found


def _visibility(period, kind):
    if kind == Bulletin.Kind.RESULTS:
        return Bulletin.Visibility.PUBLIC
    return queries.comment_visibility(period.plan)


def _save(request, bulletin):
    at = timezone.now()
    try:
        save_shown(bulletin, by=request.user, at=at)
        if "propose" in request.POST:
            propose_shown(bulletin, by=request.user, at=at)
            messages.success(request, "已提出，等另一位同志审核；通过后自动公示。")
        else:
            messages.success(request, "草稿已保存，看好了再提出公示。")
    except (NotReady, StepTaken) as stopped:
        messages.error(request, f"还不能公示。{stopped}。您选的内容已存为草稿。")
    return redirect("pledges:shown_detail", "bulletin", bulletin.pk)
