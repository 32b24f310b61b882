from django.db import transaction
from django.urls import reverse

from common import audit, notices
from evaluations.models import Appraisal, AppraisalSheet, Reply
from evaluations.queries.appraisals import most_excellent


class AppraisalRefused(Exception):
    """The decision breaks a rule; the text says which."""


@transaction.atomic
def decide_grades(period, organisation, *, grades, graded, over_reason, by, at):  # noqa: PLR0913 (one form)
    """The organisation's decision {person: grade}; more 优秀 than a third needs a reason."""
    if by.pk in {person.pk for person in grades}:
        raise AppraisalRefused("自己的等次由上级来定。")
    sheet, _ = AppraisalSheet.objects.update_or_create(
        period=period,
        organisation=organisation,
        defaults={"over_reason": over_reason, "decided_by": by, "decided_at": at},
    )
    AppraisalSheet.objects.select_for_update().get(pk=sheet.pk)
    for person, grade in grades.items():
        Appraisal.objects.update_or_create(
            sheet=sheet, person=person, defaults={"grade": grade, "decided_by": by}
        )
    excellent = sheet.grades.filter(grade=Appraisal.Grade.EXCELLENT).count()
    if excellent > most_excellent(graded) and not over_reason:
        raise AppraisalRefused(
            f"优秀 {excellent} 人，超过三分之一（{most_excellent(graded)} 人），请写明理由。"
        )
    _tell(period, grades, at=at)
    detail = {"人数": len(grades), "优秀": excellent}
    audit.record("民主评议定等次", sheet, by=by, at=at, path=organisation.path, detail=detail)
    return sheet


def _tell(period, grades, *, at):
    notices.post(
        list(grades),
        event=f"appraisal:{period.pk}",
        title=f"{period.name}民主评议结果可以看了",
        url=reverse("evaluations:review_file", args=[period.pk]),
        at=at,
    )


@transaction.atomic
def write_reply(period, organisation, *, text, by, at):
    """Everybody may say something to what was said about him."""
    reply, _ = Reply.objects.update_or_create(
        period=period,
        person=by,
        defaults={"organisation": organisation, "text": text, "written_at": at},
    )
    audit.record("本人说明", reply, by=by, at=at, path=organisation.path)
    return reply
