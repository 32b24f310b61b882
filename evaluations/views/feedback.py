"""What citizens wrote: followed by receipt code, answered by the window's branch (P06, P09)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from branches.models import Person
from branches.queries import place_asked
from common import downloads, throttle
from common.dates import today
from common.paging import page_of
from evaluations.actions import feedback as actions
from evaluations.actions.codes import hash_receipt
from evaluations.actions.feedback import FeedbackMoved
from evaluations.excel import FEEDBACK
from evaluations.forms import feedback as forms
from evaluations.models import Feedback
from evaluations.permissions import feedback as permissions
from evaluations.queries import feedback as queries

GUESSES = 20
WINDOW_SECONDS = 600
PAGE = 20
VERBS = ("answer", "assign", "appeal", "decide", "call_back", "publish")


@login_not_required
@never_cache
@sensitive_post_parameters()
def feedback_follow(request):
    """The sender reads the answer with his receipt code, says what came of it, may leave a phone."""
    form = forms.ReceiptForm(request.POST or None)
    feedback, deed = None, {}
    if form.is_valid():
        if not throttle.allow(request, "receipt", GUESSES, WINDOW_SECONDS):
            return render(request, "429.html", status=429)
        feedback = _by_receipt(form.cleaned_data["code"])
        if feedback is None:
            form.add_error("code", "没有找到这个回执码，请对照回执再输一次。")
        else:
            deed = _sender_deed(request.POST, feedback)
            feedback = _by_receipt(form.cleaned_data["code"])
    context = {
        "form": form,
        "feedback": feedback,
        "contact_form": forms.ContactForm(),
        "steps": queries.chain_of(feedback).filter(kind__in=["answered", "solved", "unsolved"])
        if feedback
        else [],
        **deed,
    }
    return render(request, "evaluations/feedback_follow.html", context)


def _by_receipt(code):
    return (
        Feedback.objects.filter(receipt_hash=hash_receipt(code))
        .select_related("window__organisation", "organisation", "campaign")
        .first()
    )


def _sender_deed(data, feedback):
    """What the sender pressed on his page, as words for the template; {} when he only looks."""
    if "solved" in data:
        form = forms.VerdictForm(data)
        if not form.is_valid():
            return {"problem": "请选“已解决”或“没解决”；补充说明最多 300 字。"}
        solved = form.cleaned_data["solved"] == "yes"
        try:
            actions.judge_answer(
                feedback, solved=solved, note=form.cleaned_data["note"], today=today()
            )
        except FeedbackMoved as moved:
            return {"problem": str(moved)}
        return {"said": "谢谢您告诉我们。" if solved else "已退回重新办理，请过几天再来看。"}
    if "phone" in data:
        form = forms.ContactForm(data)
        if not form.is_valid():
            return {"contact_form": form, "problem": "电话没有记下，请看下面的提示。"}
        actions.leave_contact(feedback, **form.cleaned_data)
        return {"said": "已记下，回访时会给您打电话。"}
    return {}


def feedback_list(request):
    chosen = {key: request.GET.get(key, "") for key in ("state", "bad", "late", "appeal")}
    within = request.period if request.GET.get("within") else None
    place = place_asked(request)
    rows = queries.listed(request.user, **chosen, period=within, place=place, today=today())
    if downloads.is_asked(request):
        return downloads.listing(request, "群众意见", FEEDBACK, rows)
    context = {
        "page": page_of(request, rows, size=PAGE),
        "chosen": chosen,
        "within": within,
        "place": place,
        "states": Feedback.State.choices,
        "day": today(),
    }
    return render(request, "evaluations/feedback_list.html", context)


def feedback_detail(request, pk):
    feedback = _visible(request, pk)
    can = {
        verb: getattr(permissions, f"can_{verb}_feedback")(request.user, feedback) for verb in VERBS
    }
    context = {
        "feedback": feedback,
        "steps": queries.chain_of(feedback),
        "appeal": getattr(feedback, "appeal", None),
        "contact": actions.open_contact(feedback) if can["call_back"] else None,
        "can": can,
        "day": today(),
    }
    return render(request, "evaluations/feedback_detail.html", context)


def feedback_answer(request, pk):
    feedback = _allowed(request, pk, permissions.can_answer_feedback)
    form = forms.FeedbackAnswerForm(request.POST or None)

    def answer(answer):
        if not actions.answer_feedback(
            feedback, answer=answer, by=request.user, at=timezone.now(), today=today()
        ):
            raise FeedbackMoved("这条意见已经有人答复过了。")

    return _deed(request, feedback, form, "答复群众意见", answer)


def feedback_assign(request, pk):
    feedback = _allowed(request, pk, permissions.can_assign_feedback)
    people = Person.objects.in_organisation(feedback.place, today=today())
    form = forms.FeedbackAssignForm(
        request.POST or None,
        people=people,
        initial={"owner": feedback.owner_id, "due_on": feedback.due_on},
    )
    return _do(request, feedback, form, "交办", actions.assign_feedback)


def feedback_appeal(request, pk):
    feedback = _allowed(request, pk, permissions.can_appeal_feedback)
    form = forms.FeedbackAppealForm(request.POST or None)
    return _do(request, feedback, form, "申诉", actions.appeal_feedback)


def feedback_decide(request, pk):
    feedback = _allowed(request, pk, permissions.can_decide_feedback)
    form = forms.FeedbackDecideForm(request.POST or None)

    def decide(verdict, decision):
        actions.decide_appeal(
            feedback,
            upheld=verdict == "upheld",
            decision=decision,
            by=request.user,
            at=timezone.now(),
        )

    return _deed(request, feedback, form, "复核申诉", decide)


def feedback_call_back(request, pk):
    feedback = _allowed(request, pk, permissions.can_call_back_feedback)
    form = forms.FeedbackCallForm(request.POST or None)
    return _do(request, feedback, form, "记录回访", actions.note_call)


def feedback_publish(request, pk):
    feedback = _allowed(request, pk, permissions.can_publish_feedback)
    initial = {
        "question": feedback.public_question or feedback.text,
        "answer": feedback.public_answer or feedback.answer,
    }
    form = forms.FeedbackPublishForm(request.POST or None, initial=initial)
    return _do(request, feedback, form, "公开答复", actions.publish_feedback)


def feedback_take_down(request, pk):
    feedback = _allowed(request, pk, permissions.can_publish_feedback)
    form = forms.FeedbackTakeDownForm(request.POST or None)
    return _do(request, feedback, form, "撤下公开的答复", actions.take_down_answer)


def _do(request, feedback, form, title, action):
    """An action that takes the form's fields by their names."""
    return _deed(
        request,
        feedback,
        form,
        title,
        lambda **values: action(feedback, **values, by=request.user, at=timezone.now()),
    )


def _deed(request, feedback, form, title, deed):
    """Show the form, or do the deed; a refusal stays on the form with what was typed."""
    if form.is_valid():
        try:
            deed(**form.cleaned_data)
            messages.success(request, f"{title}：已记下。")
            return redirect("evaluations:feedback_detail", feedback.pk)
        except FeedbackMoved as moved:
            form.add_error(None, str(moved))
    context = {"form": form, "feedback": feedback, "title": title}
    return render(request, "evaluations/feedback_deed.html", context)


def _allowed(request, pk, can):
    feedback = _visible(request, pk)
    if not can(request.user, feedback):
        raise PermissionDenied
    return feedback


def _visible(request, pk):
    visible = Feedback.objects.visible_to(request.user).select_related(
        "window__organisation", "organisation", "owner", "answered_by", "campaign", "appeal"
    )
    return get_object_or_404(visible, pk=pk)
