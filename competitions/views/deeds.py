"""Many deeds, one page: a title, a form, an action. A refusal stays on the form with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from competitions.actions.contests import Refused
from competitions.forms.contests import ConfirmForm


def _no_more(_request, _row):
    return {}


def _nothing(_form):
    return {}


def _no_lines(_row):
    return []


def _plain(data, files, **_):
    return ConfirmForm(data)


@dataclass(frozen=True)
class Deed:
    """`form(data, files, **given(request, row))`, `act(row, **values(form), by=, at=)`."""

    title: str
    can: Callable[..., bool]
    act: Callable[..., Any]
    form: Callable[..., Any] = _plain
    given: Callable[..., dict] = _no_more
    values: Callable[..., dict] = _nothing
    lines: Callable[..., list] = _no_lines
    hint: str = ""
    done: str = ""
    is_main: bool = False


def offered(deeds, person, row):
    """[(key, title, is the filled button)] of what the person may do with the row now."""
    found = [(key, deed) for key, deed in deeds.items() if deed.can(person, row)]
    main = next((key for key, deed in found if deed.is_main), None)
    return [(key, deed.title, key == main) for key, deed in found]


def deed_page(request, row, deeds, key, *, back, crumbs):  # noqa: PLR0913 (one page for all deeds)
    """`back` is where it goes on; `crumbs` = [(label, url)]."""
    deed = deeds.get(key)
    if deed is None:
        raise Http404
    if not deed.can(request.user, row):
        raise PermissionDenied
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = deed.form(*data, **deed.given(request, row))
    if request.method == "POST" and form.is_valid():
        try:
            deed.act(row, **deed.values(form), by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, deed.done or f"{deed.title}：已记下。")
            return redirect(back)
    context = {
        "form": form,
        "title": deed.title,
        "sub": str(row),
        "hint": deed.hint,
        "lines": deed.lines(row),
        "crumbs": crumbs,
    }
    return render(request, "competitions/form.html", context)
