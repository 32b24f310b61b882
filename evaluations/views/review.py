"""Named reviews: the secretary's of each member (P14), the leaders' once a quarter (P15)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from branches.models import Affiliation, Person, is_over, scope_paths
from branches.models.scope import SEEING_ROLES
from branches.queries import at_place, place_asked
from common import downloads
from common.dates import today
from evaluations.actions import reviews as actions
from evaluations.actions.reviews import ReviewRefused
from evaluations.excel import REVIEWS, TO_REVIEW
from evaluations.forms.reviews import ReviewForm
from evaluations.models import Review
from evaluations.permissions.reviews import (
    can_correct_review,
    can_write_review,
    can_write_reviews,
)
from evaluations.queries import clock
from evaluations.queries import reviews as queries
from evaluations.queries.facts import beside_the_form
from pledges.permissions.shown import can_write_any_shown

PAGE = 30


def review_person_list(request, kind):
    """Whom I still have to review this period: the n-of-N tracker with one tap to each form."""
    _known(kind)
    if not can_write_reviews(request.user, kind):
        raise PermissionDenied
    period = _open_period(request)
    people = queries.people_to_review(request.user, period, kind, today=today())
    if downloads.is_asked(request):
        name = f"{Review.Kind(kind).label}进度"
        return downloads.listing(request, name, TO_REVIEW, people, period=period.name)
    done = people.aggregate(done=Count("review_id"), total=Count("pk"))
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "kind": kind, "kind_label": Review.Kind(kind).label, **done}
    context["left"] = done["total"] - done["done"]
    return render(request, "evaluations/review_person_list.html", context)


def review_clock(request):
    """点评进度: every reviewer's clock, for those who are over them (P14, P15)."""
    scopes = scope_paths(request.user, *SEEING_ROLES)
    hands = clock.hands(request.period, scopes, today=today()) if request.period else []
    context = {"hands": hands, "late": sum(hand.state == "late" for hand in hands)}
    return render(request, "evaluations/review_clock.html", context)


def review_write(request, kind, pk):
    _known(kind)
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not can_write_review(request.user, person, kind):
        raise PermissionDenied
    period = _open_period(request)
    form = ReviewForm(
        request.POST or None,
        plan=period.plan,
        kind=kind,
        occasions=queries.occasions(period.plan, kind),
    )
    if form.is_valid():
        done = _write(request, form, person, period, kind)
        if done:
            return done
    context = {
        "form": form,
        "person": person,
        "kind": kind,
        "kind_label": Review.Kind(kind).label,
        "has_next": _next(request, period, kind, but=person) is not None,
        **beside_the_form(person, period, today=today()),
    }
    return render(request, "evaluations/review_write.html", context)


def _write(request, form, person, period, kind):
    """The next page, or None when the review was refused and the form stays."""
    current = Affiliation.objects.current(today=today()).select_related("organisation")
    try:
        review = actions.write_review(
            period=period,
            kind=kind,
            author=request.user,
            person=person,
            organisation=current.get(person=person).organisation,
            occasion=form.cleaned_data.get("occasion", ""),
            texts=form.texts,
            levels=form.levels,
            at=timezone.now(),
            today=today(),
        )
    except ReviewRefused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, f"对{person}的点评已记下，本人会收到消息。")
    same = actions.identical_texts(review)
    if same:
        messages.warning(request, f"这份点评和您本期另外 {same} 份文字相同，建议写出各人的不同。")
    following = _next(request, period, kind) if "next" in request.POST else None
    if following:
        return redirect("evaluations:review_write", kind, following)
    return redirect("evaluations:review_person_list", kind)


def _next(request, period, kind, *, but=None):
    """Who comes next in one's own list, or None when all are done."""
    people = queries.people_to_review(request.user, period, kind, today=today())
    left = people.filter(review_id=None).exclude(person=but)
    return left.values_list("person", flat=True).first()


def review_list(request):
    """Reviews of mine, by me, and of the people I am over; newest first."""
    reviews = (
        Review.objects.current()
        .filter(pk__in=Review.objects.visible_to(request.user).values("pk"))
        .select_related("person", "author", "period", "organisation")
        .order_by("-written_at", "-pk")
    )
    place = place_asked(request)
    reviews = at_place(reviews, place)
    whose = request.GET.get("whose", "")
    if whose == "mine":
        reviews = reviews.filter(person=request.user)
    elif whose == "written":
        reviews = reviews.filter(author=request.user)
    named = request.GET.get("q", "").strip()[:40]
    if named:
        reviews = reviews.filter(Q(person__name__contains=named) | Q(author__name__contains=named))
    if downloads.is_asked(request):
        return downloads.listing(request, "点评", REVIEWS, reviews)
    page = Paginator(reviews, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "whose": whose,
        "q": named,
        "place": place,
        "can_publish": can_write_any_shown(request.user),
    }
    return render(request, "evaluations/review_list.html", context)


def review_detail(request, pk):
    review = _visible(request, pk)
    texts, levels = queries.with_words(review)
    earlier = [(old, *queries.with_words(old)) for old in _earlier(review)]
    context = {
        "review": review,
        "texts": texts,
        "levels": levels,
        "earlier": earlier,
        "can_correct": can_correct_review(request.user, review),
        "can_list": bool(review.period.plan.rectification)
        and is_over(request.user, review.organisation, *SEEING_ROLES),
    }
    return render(request, "evaluations/review_detail.html", context)


def review_correct(request, pk):
    review = _visible(request, pk)
    if not can_correct_review(request.user, review):
        raise PermissionDenied
    initial = {f"text_{key}": text for key, text in review.texts.items()}
    initial |= {f"level_{key}": level for key, level in review.levels.items()}
    form = ReviewForm(
        request.POST or None, plan=review.period.plan, kind=review.kind, initial=initial
    )
    if form.is_valid():
        try:
            newer = actions.correct_review(
                review, texts=form.texts, levels=form.levels, by=request.user, at=timezone.now()
            )
            messages.success(request, "已更正，原来的内容仍可查看。")
            return redirect("evaluations:review_detail", newer.pk)
        except ReviewRefused as refused:
            form.add_error(None, str(refused))
    return render(request, "evaluations/review_correct.html", {"form": form, "review": review})


def _visible(request, pk):
    reviews = Review.objects.visible_to(request.user)
    return get_object_or_404(
        reviews.select_related("person", "author", "period__scheme_version", "organisation"), pk=pk
    )


def _earlier(review):
    """The versions this one replaced, newest first."""
    return (
        Review.objects.filter(
            period=review.period,
            kind=review.kind,
            author=review.author,
            person=review.person,
            version__lt=review.version,
        )
        .select_related("period__scheme_version")
        .order_by("-version")
    )


def _known(kind):
    if kind not in Review.Kind.values:
        raise Http404


def _open_period(request):
    if not request.period:
        raise Http404
    return request.period
