"""Meetings in the scheme's words, and what last month brought."""

from datetime import timedelta

from django.db.models import Count, Q

from branches.models import Affiliation, Organisation, under
from campaigns.models import Duty
from evaluations.models import Feedback, FollowUp, Meeting, MeetingComment


def kinds(plan):
    """[(item key, kind)] of the meetings that the scheme asks for."""
    return [
        (item.key, kind)
        for item in plan.items_with("meeting_review")
        for kind in (item.options.kinds or (item.name,))
    ]


def questions_of(meeting):
    """The aspects on which each person is commented; none for a meeting without comments."""
    plan = meeting.period.plan
    options = plan.item(meeting.item).options
    if not options.questionnaire:
        return ()
    return plan.questionnaire(options.questionnaire).questions


def visibility_of(plan, item_key):
    return plan.item(item_key).options.visibility


def organisations_for(person, campaign, scopes):
    return (
        Organisation.objects.active()
        .filter(under(scopes), path__startswith=campaign.organisation.path)
        .exclude(kind=Organisation.Kind.GROUP)
    )


def called(organisation, *, today):
    """Everybody of the organisation, by name."""
    rows = (
        Affiliation.objects.current(today=today)
        .filter(organisation__path__startswith=organisation.path, person__is_active=True)
        .select_related("person")
        .order_by("organisation__path", "person__name_pinyin", "person")
    )
    return list({row.person_id: row.person for row in rows}.values())


def month_summary(organisation, held_on):
    """上月小结 as sentences to start from: duties, opinions, follow-ups (T01)."""
    last = held_on.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    duties = Duty.objects.filter(
        organisation__path__startswith=organisation.path,
        due_on__range=(first, last),
        waived_at=None,
    ).aggregate(all=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    opinions = Feedback.objects.filter(
        Q(window__organisation__path__startswith=organisation.path)
        | Q(organisation__path__startswith=organisation.path),
        week_on__range=(first - timedelta(days=6), last),
    ).aggregate(all=Count("pk"), answered=Count("pk", filter=Q(state="answered")))
    tasks = FollowUp.objects.filter(organisation=organisation, due_on__lte=last)
    counted = tasks.aggregate(all=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)))
    return (
        f"{first.month}月应办 {duties['all']} 件，已办 {duties['done']} 件。\n"
        f"群众意见 {opinions['all']} 条，已答复 {opinions['answered']} 条。\n"
        f"到期的落实事项 {counted['all']} 件，已落实 {counted['done']} 件。"
    )


def last_levels(meeting):
    """person -> levels of the meeting of the same kind before this one, to start from."""
    before = (
        Meeting.objects.filter(
            campaign=meeting.campaign,
            organisation=meeting.organisation,
            kind=meeting.kind,
            held_on__lt=meeting.held_on,
        )
        .order_by("-held_on", "-pk")
        .first()
    )
    return {one.person_id: one.levels for one in before.comments.all()} if before else {}


def comments_for(person, meeting):
    """[(person, [(aspect, level name, text)])] that this person may read."""
    plan = meeting.period.plan
    rows = MeetingComment.objects.visible_to(person).filter(meeting=meeting)
    return [
        (row.person, aspects_of(plan, questions_of(meeting), row))
        for row in rows.select_related("person").order_by("person__name_pinyin", "person")
    ]


def bulletin_rows(meeting):
    """The comments as a bulletin keeps them (L25)."""
    plan, questions = meeting.period.plan, questions_of(meeting)
    comments = meeting.comments.select_related("person", "by").order_by(
        "person__name_pinyin", "person"
    )
    rows = []
    for comment in comments:
        said = aspects_of(plan, questions, comment)
        parts = [
            [name, " ".join(part for part in (level, text) if part)] for name, level, text in said
        ]
        rows.append(
            {
                "group": meeting.kind,
                "subject": comment.person.name,
                "person": comment.person_id,
                "by": comment.by.name,
                "parts": parts,
            }
        )
    return [row for row in rows if row["parts"]]


def aspects_of(plan, questions, comment):
    found = []
    for question in questions:
        level = comment.levels.get(question.key, "")
        name = plan.scale_of(question).level(level).name if level else ""
        text = comment.texts.get(question.key, "")
        if name or text:
            found.append((question.name, name, text))
    return found


def listed(person, campaign):
    meetings = Meeting.objects.visible_to(person).select_related("organisation", "chair")
    if campaign:
        meetings = meetings.filter(campaign=campaign)
    return meetings.annotate(
        called=Count("attendance"), came=Count("attendance", filter=Q(attendance__came=True))
    ).order_by("-held_on", "-pk")
