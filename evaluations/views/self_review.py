from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from campaigns.models import Period
from common.dates import today
from evaluations.actions.self_reviews import PeriodIsOver, save_self_review
from evaluations.forms.self_review import ADVICE_STATES, SelfReviewForm, initial_of
from evaluations.models import SelfReview
from evaluations.permissions import can_edit_self_review, can_write_self_review
from evaluations.queries import self_reviews


def self_review_write(request, pk):
    """One's own, once a period; it can be changed until the period is closed."""
    period = get_object_or_404(Period.objects.visible_to(request.user), pk=pk)
    home = self_reviews.home_of(request.user, today=today())
    if home is None or not can_write_self_review(request.user, period):
        raise PermissionDenied
    review = SelfReview.objects.filter(period=period, person=request.user).first()
    form = SelfReviewForm(
        request.POST or None,
        plan=period.plan,
        questionnaire=period.plan.questionnaire_for("self_review"),
        advice=self_reviews.advice_for(request.user, period),
        initial=initial_of(review) if review else {},
    )
    saved = form.is_valid() and _saved(request, form, period, home)
    if saved:
        messages.success(request, "自评已保存，本期结算前还可以修改。")
        return redirect("evaluations:self_review_detail", saved.pk)
    context = {
        "period": period,
        "form": form,
        "review": review,
        "sub": f"{period.name} · 写给自己，也给支部讲评时参考",
    }
    return render(request, "evaluations/self_review_write.html", context)


def _saved(request, form, period, home):
    try:
        return save_self_review(
            period, home, answers=form.answers(), by=request.user, at=timezone.now()
        )
    except PeriodIsOver:
        form.add_error(None, "本期刚刚结算，自评没有保存；文字还在页面上。")
        return None


def self_review_detail(request, pk):
    review = get_object_or_404(
        SelfReview.objects.visible_to(request.user).select_related(
            "person", "organisation", "period__scheme_version"
        ),
        pk=pk,
    )
    plan = review.period.plan
    questionnaire = plan.questionnaire_for("self_review")
    context = {
        "review": review,
        "answers": [_answer(plan, review, one) for one in questionnaire.questions],
        "follow_ups": [
            {**one, "word": dict(ADVICE_STATES).get(one["state"], "")} for one in review.follow_ups
        ],
        "can_edit": can_edit_self_review(request.user, review),
    }
    return render(request, "evaluations/self_review_detail.html", context)


def _answer(plan, review, question):
    """(question, answer in words)"""
    if question.kind == "text":
        return question.name, review.texts.get(question.key, "")
    chosen = review.levels.get(question.key)
    if question.kind == "check":
        return question.name, {"yes": "是", "no": "否"}.get(chosen, "")
    return question.name, plan.scale_of(question).answer_name(chosen) if chosen else ""
