"""The workshop's editor: one view for sections, one for parts; both take their fields from the models."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from campaigns.actions.drafts import DraftMoved, save_draft
from campaigns.actions.schemes import SchemeRefusedError
from campaigns.forms.workshop.form import PartForm
from campaigns.forms.workshop.node_fields import Node
from campaigns.forms.workshop.nodes import node_model
from campaigns.forms.workshop.references import kind_of, uses
from campaigns.forms.workshop.rendering import (
    Lister,
    as_path,
    as_place,
    draw,
    page_of,
    title_of,
    trail,
)
from campaigns.forms.workshop.shapes import model_at
from campaigns.forms.workshop.trees import refitted
from campaigns.forms.workshop.words import ABOUT_KINDS, NODE_KINDS
from campaigns.models import SchemeDraft
from campaigns.models.document import SchemeDocument, problems_from, problems_of
from campaigns.models.document.editing import moved, value_at, without
from campaigns.queries.workshop import SECTIONS, section, section_of

SWITCH = "switch"  # another way to compute, shown before it is stored


def find_draft(request, pk):
    drafts = SchemeDraft.objects.visible_to(request.user)
    return get_object_or_404(
        drafts.select_related("organisation", "scheme", "based_on", "updated_by"), pk=pk
    )


def draft_section(request, pk, key):
    """One chapter of the plan: its own fields, and the list of its parts."""
    draft, here = find_draft(request, pk), section(key)
    if here is None:
        raise Http404
    return _edit(request, draft, (), here, only=here.fields)


def draft_part(request, pk, place):
    """Any part of the plan on a page of its own; one past the end of a list is a new one."""
    draft, path = find_draft(request, pk), as_path(place)
    if page_of(draft.document, path) != path or not _is_there(draft.document, path):
        raise Http404
    return _edit(request, draft, path, section_of(path))


def _is_there(data, path):
    """Whether the part exists, or is the next one of its list."""
    holder = value_at(data, path[:-1])
    if isinstance(path[-1], int):
        return path[-1] <= len(holder or []) and value_at(data, path[:-2]) is not None
    return isinstance(holder, dict) or (path[-2:-1] == ("figures",) and holder is None)


def _edit(request, draft, path, here, only=None):
    sent = request.POST if request.method == "POST" else None
    clash = sent is not None and sent.get("revision") != str(draft.revision)
    kind, more = request.GET.get("kind", ""), request.GET.get("more", "")
    asked = {"only": only, "kind": kind, "more": more}
    form = _form(draft, path, _with_revision(sent, draft), asked)
    if sent is None and form.is_new and issubclass(form.model, Node) and not kind:
        return render(request, "campaigns/draft_kind.html", _of_kinds(draft, path, here))
    if sent is not None and sent.get("do") == SWITCH and issubclass(form.model, Node):
        form = _switched(request, form)
    elif sent is not None and not clash and form.is_valid():
        try:
            saved = save_draft(
                draft,
                form.document,
                revision=form.cleaned_data["revision"],
                by=request.user,
                at=timezone.now(),
            )
        except DraftMoved as error:
            clash, draft = True, error.draft
            form = _form(draft, path, _with_revision(sent, draft), asked)
        except SchemeRefusedError as error:
            form.add_error("slug" if "slug" in form.fields else None, error.problems[0].reason)
        else:
            return _saved(request, saved, form, path, here)
    context = _context(draft, form, path, here) | {"clash": clash}
    status = 409 if clash else 422 if form.errors else 200
    return render(request, "campaigns/draft_part.html", context, status=status)


def _with_revision(sent, draft):
    """What was typed, to be saved on top of what stands there now."""
    if sent is None:
        return None
    sent = sent.copy()
    sent["revision"] = draft.revision
    return sent


def _switched(request, form):
    """The same part computed another way, nothing stored yet: what was typed and still has a place stays."""
    if not form.is_valid():
        return form
    part, draft = value_at(form.document.model_dump(mode="json"), form.path), form.draft
    if form.dropped:
        messages.info(request, f"这种算法没有的 {'、'.join(form.dropped)} 存入草稿时会去掉。")
    asked = {"only": None, "kind": part["kind"], "more": ""}
    model = node_model(part, draft.document)
    shown = PartForm(None, draft=draft, path=form.path, model=model, raw=part, **asked)
    shown.is_new = form.is_new
    return shown


def _form(draft, path, sent, asked):
    model, raw = model_at(draft.document, path)
    if issubclass(model, Node) and asked["kind"] in NODE_KINDS:
        model = node_model({"kind": asked["kind"]}, draft.document)
        raw = raw and refitted(raw, asked["kind"])[0] | {"kind": asked["kind"]}
    return PartForm(sent, draft=draft, path=path, model=model, raw=raw, **asked)


def _of_kinds(draft, path, here):
    """A new part of a recipe begins with how it is computed."""
    kinds = [
        (title, [(kind, NODE_KINDS[kind], about) for kind, about in kinds.items()])
        for title, kinds in ABOUT_KINDS
    ]
    return {
        "draft": draft,
        "here": here,
        "sections": SECTIONS,
        "trail": trail(draft.document, path),
        "title": "新的一部分怎么算",
        "kinds": kinds,
        "above": _above(draft, path, here),
    }


def _saved(request, draft, form, path, here):
    """Where one goes on: the same page, or the list when everything is said."""
    do = request.POST.get("do", "")
    dropped = f"换了办法，原来的 {'、'.join(form.dropped)} 已去掉。" if form.dropped else ""
    if not do.startswith(("add:", "up:", "down:")):
        messages.success(request, f"已存入草稿。{dropped}")
    if do == "back":
        return redirect(_above(draft, path, here))
    url = _url(draft, path, here)
    if do.startswith("add:"):
        prefix = do.removeprefix("add:")
        return redirect(f"{url}?more={prefix}#{prefix}")
    return redirect(f"{url}#{do.split(':')[1]}" if ":" in do else url)


def _url(draft, path, here):
    if path:
        return reverse("campaigns:draft_part", args=[draft.pk, as_place(path)])
    return reverse("campaigns:draft_section", args=[draft.pk, here.key])


def _above(draft, path, here):
    around = trail(draft.document, path)
    if around:
        return reverse("campaigns:draft_part", args=[draft.pk, around[-1][1]])
    return reverse("campaigns:draft_section", args=[draft.pk, here.key])


def _context(draft, form, path, here):
    raw = value_at(draft.document, path) if path else None
    layout = form.layout
    found = [
        problem
        for problem in problems_of(draft.plan)
        if problem.path[: len(path)] == path and (path or problem.path[0] in here.fields)
    ]
    has_form = bool(layout.slots or layout.groups or layout.tables or layout.rest is not None)
    return {
        "draft": draft,
        "here": here,
        "sections": SECTIONS,
        "path": path,
        "place": as_place(path),
        "trail": trail(draft.document, path),
        "title": title_of(raw, "新的一项") if path else here.title,
        "form": form if has_form else None,
        "group": draw(form, layout),
        "lists": [] if path and raw is None else Lister(draft).lists(layout),
        "problems": found,
        "above": _above(draft, path, here) if path else "",
        "is_new": form.is_new,
        "trial_url": _trial_url(draft, path),
        "is_node": issubclass(form.model, Node),
        "kind": getattr(form, "kind", ""),
    }


def _trial_url(draft, path):
    """The room above computes what the last period would have come to."""
    if path[:1] != ("recipes",) or path[1] >= len(draft.document.get("recipes", [])):
        return ""
    try:
        return reverse("supervision:recipe_trial", args=[draft.pk, path[1]])
    except NoReverseMatch:
        return ""


@require_POST
def draft_move(request, pk, place):
    """One place up or down in its list."""
    draft, path = find_draft(request, pk), as_path(place)
    if not path or not isinstance(path[-1], int) or value_at(draft.document, path) is None:
        raise Http404
    step = -1 if request.POST.get("to") == "up" else 1
    return _change(request, draft, path, moved(draft.document, path, step), "")


def draft_remove(request, pk, place):
    """Take a part out, after having seen what hangs on it."""
    draft, path = find_draft(request, pk), as_path(place)
    if page_of(draft.document, path) != path or value_at(draft.document, path) is None:
        raise Http404
    raw, rest = value_at(draft.document, path), without(draft.document, path)
    if request.method == "POST":
        return _change(request, draft, path, rest, f"已删去“{title_of(raw)}”。")
    context = {
        "draft": draft,
        "title": title_of(raw),
        "place": place,
        "follow": _follow(draft, rest),
        "uses": _uses(draft, path),
        "back": _above(draft, path, section_of(path)),
    }
    return render(request, "campaigns/draft_remove.html", context)


def _uses(draft, path):
    """[(where the part is spoken of, place of that page)], each page once."""
    kind, raw = kind_of(path), value_at(draft.document, path)
    if kind is None:
        return []
    pages = {}
    for use in uses(draft.document, kind, raw["key"]):
        page = page_of(draft.document, use)
        if page[: len(path)] != path:
            name = title_of(value_at(draft.document, page), "") if page else ""
            pages.setdefault(as_place(page), (section_of(use), name))
    return [
        (f"{here.title} {name}".strip(), here.key, place) for place, (here, name) in pages.items()
    ]


def _follow(draft, rest):
    """What would be wrong afterwards that is right now."""
    try:
        after = problems_of(SchemeDocument.model_validate(rest))
    except ValidationError as error:
        return problems_from(error)
    before = {problem.reason for problem in problems_of(draft.plan)}
    return [problem for problem in after if problem.reason not in before]


def _change(request, draft, path, data, message):
    back = redirect(_above(draft, path, section_of(path)))
    try:
        revision = int(request.POST.get("revision", ""))
        document = SchemeDocument.model_validate(data)
        save_draft(draft, document, revision=revision, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, f"没有改动：{problems_from(error)[0].reason}。")
    except ValueError:
        messages.error(request, "没有改动，请再试一次。")
    except DraftMoved as error:
        messages.error(request, f"没有改动：{error}请看过现在的内容再操作。")
    else:
        if message:
            messages.success(request, message)
    return back
