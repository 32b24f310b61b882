"""Where a part of a recipe stands: one layer around it, one layer less, under another part."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from pydantic import ValidationError

from campaigns.actions.drafts import DraftMoved, save_draft
from campaigns.forms.workshop.node_fields import Node
from campaigns.forms.workshop.rendering import as_path, as_place, page_of, title_of, trail
from campaigns.forms.workshop.shapes import model_at
from campaigns.forms.workshop.trees import WRAPPERS, homes, transplanted, unwrapped, wrapped
from campaigns.forms.workshop.words import ABOUT_KINDS, NODE_KINDS
from campaigns.models.document import SchemeDocument
from campaigns.queries.workshop import section_of
from campaigns.views.draft_part import find_draft

ABOUT = {kind: about for _, kinds in ABOUT_KINDS for kind, about in kinds.items()}


def draft_node(request, pk, place):
    """Put a layer around a part, take one away, or move the part with all it holds."""
    draft, path = find_draft(request, pk), as_path(place)
    if page_of(draft.document, path) != path:
        raise Http404
    model, raw = model_at(draft.document, path)
    if raw is None or not issubclass(model, Node):
        raise Http404
    targets = homes(draft.document, path) if isinstance(path[-1], int) else []
    if request.method == "POST":
        return _changed(request, draft, path, targets)
    context = {
        "draft": draft,
        "path": path,
        "place": place,
        "here": section_of(path),
        "trail": [*trail(draft.document, path), (title_of(raw), place)],
        "title": f"移动“{title_of(raw)}”",
        "node": title_of(raw),
        "wrappers": [(kind, NODE_KINDS[kind], ABOUT[kind]) for kind in WRAPPERS],
        "can_unwrap": unwrapped(draft.document, path) is not None,
        "targets": [(as_place(home), label) for home, label in targets],
    }
    return render(request, "campaigns/draft_node.html", context)


def _changed(request, draft, path, targets):
    """Do the one thing asked and open the page where one goes on."""
    do, _, what = request.POST.get("do", "").partition(":")
    data, goes_on = None, path
    if do == "wrap" and what in WRAPPERS:
        data = wrapped(draft.document, path, what)
    elif do == "unwrap":
        data = unwrapped(draft.document, path)
    elif do == "move" and as_path(what) in [home for home, _ in targets]:
        data, goes_on = transplanted(draft.document, path, as_path(what)), path[:3]
    if data is None:
        messages.error(request, "没有改动，请选一种改法。")
        return redirect("campaigns:draft_node", draft.pk, as_place(path))
    try:
        revision = int(request.POST.get("revision") or 0)
        document = SchemeDocument.model_validate(data)
        save_draft(draft, document, revision=revision, by=request.user, at=timezone.now())
    except DraftMoved as error:
        messages.error(request, f"没有改动：{error}请看过现在的内容再操作。")
    except (ValidationError, ValueError):
        messages.error(request, "没有改动，请再试一次。")
    else:
        messages.success(request, "已存入草稿。")
    shown = goes_on if page_of(draft.document, goes_on) == goes_on else path[:2]
    return redirect(reverse("campaigns:draft_part", args=[draft.pk, as_place(shown)]))
