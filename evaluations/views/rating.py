"""A citizen rates a window: no login, no name, three taps (P07)."""

import io

import segno
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from branches.models import Window
from common import throttle
from common.addresses import absolute
from common.dates import today
from common.moment import kept_answer
from evaluations.actions.codes import hash_ticket
from evaluations.actions.ratings import (
    AlreadyRated,
    NotOpenNow,
    issue_tickets,
    one_form,
    one_ticket,
    rate_window,
)
from evaluations.forms.rating import RatingForm, TicketForm, new_nonce
from evaluations.models import Ticket
from evaluations.permissions.reviews import can_issue_tickets
from evaluations.queries import ratings as queries

PER_ADDRESS = 60  # a hall's wireless network is one address
GUESSES = 20
WINDOW_SECONDS = 600
PAGES = ("evaluations/window_rate.html", "evaluations/window_rate_done.html")


@login_not_required
@never_cache
@sensitive_post_parameters()
def window_rate(request, code):
    """The open channel: the static QR code on the window."""
    code, day = code.upper(), today()
    try:
        return _at_window(request, queries.open_place(code, today=day))
    except NotOpenNow:  # closed within the moment it was kept: once more by what holds now
        queries.forget_place(code, today=day)
        return _at_window(request, queries.open_place(code, today=day))


def _at_window(request, place):
    if place is None:
        raise Http404
    return rating_form_page(request, *place, kind="open")


@login_not_required
@never_cache
@sensitive_post_parameters()
def ticket_rate(request, code):
    """The verified channel: a one-time code. Looking burns nothing, sending does (H15)."""
    if not throttle.allow(request, "ticket", GUESSES, WINDOW_SECONDS):
        return render(request, "429.html", status=429)
    tickets = Ticket.objects.select_related("window__organisation")
    ticket = get_object_or_404(tickets, digest=hash_ticket(code))
    if ticket.is_used:
        return _thank(request, ticket.window, None)
    period = queries.running_period(ticket.window, today=today())
    return rating_form_page(request, ticket.window, period, kind="ticket", ticket=ticket)


def rating_form_page(request, window, period, *, kind, ticket=None, pages=PAGES, extra=None):  # noqa: PLR0913 (one page, three doors)
    """The form of a channel, or what became of it; `pages` are the templates of form and thanks."""
    asked = _asked(period.plan, kind) if period else None
    if asked is None:
        return _closed(request, window)
    questionnaire, channel, overall = asked
    form = RatingForm(
        request.POST or None,
        plan=period.plan,
        questionnaire=questionnaire,
        overall=overall,
        ticket=ticket is not None,
        initial={"nonce": new_nonce()},
    )
    if form.is_valid():
        if not throttle.allow(request, f"rate:{window.code}", PER_ADDRESS, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        receipt = _rate(form, window, period, channel, ticket)
        return _thank(request, window, receipt, page=pages[1], extra=extra)
    return render(request, pages[0], _form_page(form, window) | (extra or {}))


def _closed(request, window):
    return render(request, "evaluations/window_rate_closed.html", {"window": window})


def _asked(plan, kind):
    """(questionnaire, channel, overall question) or None when the scheme has no such rating."""
    questionnaire = plan.questionnaire_for("public_rating")
    channel = queries.channel_of(plan, kind)
    if questionnaire is None or channel is None:
        return None
    overall = plan.satisfaction.question if plan.satisfaction else questionnaire.questions[0].key
    return questionnaire, channel, overall


def _rate(form, window, period, channel, ticket):
    """Count the form. A doubled or replayed one is thanked and not counted again."""
    if ticket:
        once = one_ticket(ticket.digest)
    else:
        once = one_form(form.cleaned_data["nonce"], period=period, window=window)
    definition = period.plan.satisfaction
    level = form.answers.get(form.overall)
    try:
        return rate_window(
            period=period,
            window=window,
            channel=channel.key,
            answers=form.answers,
            comment=form.cleaned_data["comment"].strip(),
            is_bad=bool(definition and level in definition.bad),
            once=once,
            today=today(),
            hour=timezone.localtime().hour,
        )
    except AlreadyRated:
        return None


def _thank(request, window, receipt, *, page=PAGES[1], extra=None):
    """`receipt` is a code, "" without a comment, or None when this form was counted before."""
    context = {"window": window, "receipt": receipt, "again": receipt is None}
    if receipt or extra:  # one visitor's own
        return render(request, page, context | (extra or {}))
    return kept_answer(request, f"thanks:{receipt}", lambda: render(request, page, context))


def _form_page(form, window):
    fields = [(form[f"q_{q.key}"], q) for q in form.questions]
    first = next(field for field, question in fields if question.key == form.overall)
    others = [field for field, question in fields if question.key != form.overall]
    if form.errors.get("nonce"):
        form.data = form.data.copy()
        form.data["nonce"] = new_nonce()
    return {"form": form, "window": window, "overall": first, "others": others}


def ticket_add(request, pk):
    """A sheet of one-time codes to hand out with finished visits; shown once, kept hashed."""
    window = get_object_or_404(
        Window.objects.visible_to(request.user).open().select_related("organisation"), pk=pk
    )
    if not can_issue_tickets(request.user, window):
        raise PermissionDenied
    period = queries.running_period(window, today=today())
    if period is None or queries.channel_of(period.plan, "ticket") is None:
        raise Http404
    form = TicketForm(request.POST or None)
    if form.is_valid():
        count = form.cleaned_data["count"]
        codes = issue_tickets(window, count=count, by=request.user, at=timezone.now())
        return _sheet(request, window, codes)
    return render(request, "evaluations/ticket_add.html", {"form": form, "window": window})


def _sheet(request, window, codes):
    tickets = [
        (code, qr_image(absolute(request, "evaluations:ticket_rate", code))) for code in codes
    ]
    context = {"window": window, "tickets": tickets, "day": today()}
    return render(request, "evaluations/ticket_sheet.html", context)


def qr_image(address):
    """The address as an inline drawing."""
    image = io.BytesIO()
    segno.make(address, error="m").save(
        image, kind="svg", scale=3, border=1, xmldecl=False, svgns=True, nl=False
    )
    return mark_safe(image.getvalue().decode())  # noqa: S308 (segno's own drawing)
