"""Somebody asks for what is stored about him to be put right; the keeper of the roster answers."""

from django.db import transaction
from django.urls import reverse

from branches.models import Affiliation, CorrectionRequest, Person, Role
from common import audit, notices

OPEN_AT_MOST = 10


class CorrectionRefused(Exception):
    """The text is Chinese and says why."""


@transaction.atomic
def ask_correction(person, *, about, wanted, today, at):
    if CorrectionRequest.objects.waiting().filter(person=person).count() >= OPEN_AT_MOST:
        raise CorrectionRefused(f"已有 {OPEN_AT_MOST} 条申请等待答复，请等书记答复后再提。")
    request = CorrectionRequest.objects.create(
        person=person, about=about, wanted=wanted, asked_at=at
    )
    notices.post(
        _keepers_of(person, today=today),
        event=f"correction:{request.pk}",
        title=f"{person.name}申请更正{request.get_about_display()}",
        url=reverse("branches:correction_list"),
        at=at,
    )
    audit.record("申请更正资料", request, by=person, at=at, detail={"about": about})
    return request


def _keepers_of(person, *, today):
    """The secretaries of the branch; where there is none, the committee's people above it."""
    belonging = Affiliation.objects.current(today=today).filter(person=person)
    path = belonging.values_list("organisation__path", flat=True).first() or ""
    above = [path[:end] for end in range(4, len(path) + 4, 4)]
    roles = Role.objects.current(today=today).filter(organisation__path__in=above)
    for kinds in (["secretary"], ["office", "committee"]):
        holders = roles.filter(kind__in=kinds).exclude(person=person).values("person")
        keepers = list(Person.objects.filter(pk__in=holders, is_active=True))
        if keepers:
            return keepers
    return []


@transaction.atomic
def answer_correction(request, *, is_corrected, answer, by, at):
    moved = (
        CorrectionRequest.objects.waiting()
        .filter(pk=request.pk)
        .update(is_corrected=is_corrected, answer=answer, answered_by=by, answered_at=at)
    )
    if not moved:
        raise CorrectionRefused("这条申请已经答复过了。")
    request.refresh_from_db()
    notices.post(
        [request.person],
        event=f"correction-answer:{request.pk}",
        title=f"关于更正{request.get_about_display()}的答复",
        body=answer,
        url=reverse("branches:me_data"),
        at=at,
    )
    detail = {"about": request.about, "corrected": is_corrected}
    audit.record("答复更正申请", request, by=by, at=at, detail=detail)
    return request
