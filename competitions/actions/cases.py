"""Models to follow and warnings. A warning stays inside and names nobody; a model goes through the gate (H04, H05)."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from branches.models import Person
from common import audit, notices, publishing
from common.publishing import NotReady, StepTaken
from competitions.actions.contests import Refused
from competitions.models import Case, CasePicture, Spread
from pledges.queries.shown import next_signers

MOST_PICTURES = 6
WRITTEN = {"name": "题目", "text": "事迹或经过", "lesson": "经验或教训"}


@transaction.atomic
def add_case(case, *, today, by, at):
    """A warning with a name of somebody in the tree is refused, naming the name."""
    _refuse_names(case, today=today)
    case.written_by, case.written_at = by, at
    case.save()
    audit.record("整理案例", case, by=by, at=at, path=case.organisation.path)
    return case


@transaction.atomic
def change_case(case, *, values, by, at):
    """Its words, while it is not on show."""
    held = _editable(case)
    changed = [label for key, label in WRITTEN.items() if getattr(held, key) != values[key]]
    for key in WRITTEN:
        setattr(held, key, values[key])
    _refuse_names(held, today=timezone.localdate(at))
    held.save(update_fields=list(WRITTEN))
    path = held.organisation.path
    audit.record("修改案例", held, by=by, at=at, path=path, detail={"改了": "、".join(changed)})


def names_in(case, *, today):
    """Names of people of the campaign's tree that stand in the case's words."""
    people = Person.objects.in_organisation(case.campaign.organisation, today=today)
    text = f"{case.name}\n{case.text}\n{case.lesson}"
    names = people.values_list("name", flat=True).distinct().order_by("name")
    return [name for name in names if len(name) > 1 and name in text]


def _refuse_names(case, *, today):
    if case.kind == Case.Kind.WARNING and (named := names_in(case, today=today)):
        raise Refused(f"警示案例不能写真实姓名，请改掉：{'、'.join(named[:5])}。")


@transaction.atomic
def add_picture(case, *, photo, caption, by, at):
    """At most six, while it is not on show."""
    held = _editable(case)
    if held.kind == Case.Kind.WARNING:
        raise Refused("警示案例不放照片，照片会让人认出是谁。")
    if held.pictures.count() >= MOST_PICTURES:
        raise Refused(f"一个案例最多 {MOST_PICTURES} 张照片，请先移除一张。")
    picture = CasePicture(case=held, caption=caption, added_by=by, added_at=at)
    picture.image.save(photo.name, photo, save=False)
    picture.save()
    audit.record("添加案例照片", held, by=by, at=at, path=held.organisation.path)
    return picture


@transaction.atomic
def remove_picture(picture, *, by, at):
    """The file goes once the row is gone for good."""
    held = _editable(picture.case)
    image = picture.image
    picture.delete()
    transaction.on_commit(lambda: image.delete(save=False))
    audit.record("移除案例照片", held, by=by, at=at, path=held.organisation.path)


def _editable(case):
    held = (
        Case.objects.select_for_update(of=("self",))
        .select_related("organisation", "campaign__organisation")
        .get(pk=case.pk)
    )
    if not held.is_editable:
        raise Refused(f"案例{held.get_state_display()}，要改请先撤下或退回。")
    return held


@contextmanager
def _in_words():
    """The gate's refusals as ours."""
    try:
        yield
    except NotReady as refusal:
        raise Refused("；".join(refusal.reasons)) from refusal
    except StepTaken as refusal:
        raise Refused(str(refusal)) from refusal


def propose_case(case, *, by, at):
    """提出公开: without private numbers, to somebody else who checks it."""
    if case.kind == Case.Kind.WARNING:
        raise Refused("警示案例只在内部看，不能公开。")
    with _in_words(), transaction.atomic():
        publishing.propose(case, by=by, at=at)
        notices.post(
            next_signers(case, today=timezone.localdate(at)),
            event=f"case-proposed:{case.pk}:{at:%Y%m%d%H%M%S}",
            title="有典型案例等您审核",
            body=f"{case.organisation}：《{case}》",
            url=f"/cases/{case.pk}",
            at=at,
        )


def judge_case(case, *, passed, note, by, at):
    """审核: on to the public page, or back to whoever proposed it, who is told why."""
    with _in_words(), transaction.atomic():
        if passed:
            publishing.check(case, by=by, at=at, note=note, needs_approval=False)
        else:
            publishing.send_back(case, by=by, at=at, note=note)
        word = "已公开" if passed else "被退回修改"
        notices.post(
            [case.proposed_by],
            event=f"case-judged:{case.pk}:{at:%Y%m%d%H%M%S}",
            title=f"您提出的典型《{case}》{word}",
            body=f"意见：{note}" if note else "",
            url=f"/cases/{case.pk}",
            at=at,
        )


def withdraw_case(case, *, reason, by, at):
    """Off the public page at once; the address goes on to say why."""
    with _in_words():
        publishing.take_down(case, by=by, at=at, reason=reason)


@transaction.atomic
def rework_case(case, *, by, at):
    """What was taken down becomes a draft again, to be checked anew."""
    done = Case.objects.filter(pk=case.pk, state=Case.State.DOWN).update(
        state=Case.State.DRAFT, down_by=None, down_at=None, down_reason="", published_at=None,
        proposed_by=None, proposed_at=None, checked_by=None, checked_at=None, note="",
    )  # fmt: skip
    if not done:
        raise Refused("只有撤下的案例才能重新整理，请刷新再看。")
    audit.record("重新整理案例", case, by=by, at=at, path=case.organisation.path)


@transaction.atomic
def spread(case, *, way, spread_on, where, reached, by, at):  # noqa: PLR0913 (a line of the log)
    row = Spread.objects.create(
        case=case, way=way, spread_on=spread_on, where=where, reached=reached, noted_by=by
    )
    audit.record("推广典型", case, by=by, at=at, path=case.organisation.path)
    return row
