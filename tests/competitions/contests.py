"""What tests of contests share: one begun, a deed of its page, a judged sheet."""

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from competitions.actions import contests as actions
from competitions.models import Contest


def url(name, *args):
    return reverse(f"competitions:{name}", args=args)


def begun(fair, as_person, item="skill_contest/技能比武", subject="person", name="年度技能比武"):
    as_person(fair.committee_member).post(
        url("contest_add"),
        {
            "item": item,
            "name": name,
            "subject": subject,
            "organisation": fair.root.pk,
            "held_on": fair.period.starts_on.isoformat(),
            "place": "三楼会议室",
        },
    )
    return Contest.objects.get(name=name)


def deed(client, contest, key, **data):
    return client.post(url("contest_deed", contest.pk, key), data, follow=True)


def contest_of_skills(centre, as_person):
    """Two members, theory and practice; the judges come later."""
    contest = begun(centre, as_person, item="drive/岗位技能竞赛", name="岗位技能竞赛")
    Contest.objects.filter(pk=contest.pk).update(rules={**contest.rules, "questions": [
        {"key": "theory", "name": "理论", "weight": 40}, {"key": "practice", "name": "操作", "weight": 60},
    ]})  # fmt: skip
    contest.refresh_from_db()
    deed(as_person(centre.committee_member), contest, "entrants", names="钱一\n孙二")
    return contest


def judged(fair, as_person, contest, *marks, judge=None):
    """A judge's sheet filled with {label: {question: mark}} and handed in."""
    judge = judge or fair.leader
    client = as_person(fair.committee_member)
    deed(client, contest, "judges", names=judge.name)
    row = contest.judges.get(person=judge)
    given = {
        (contest.entrants.get(label=label).pk, question): Decimal(str(value))
        for label, answers in marks[0].items()
        for question, value in answers.items()
    }
    actions.save_sheet(row, marks=given, at=timezone.now())
    actions.submit_sheet(row, by=judge, at=timezone.now())


def both(value):
    return {"theory": value, "practice": value}


def sheet_data(contest, marks):
    return {
        f"m_{contest.entrants.get(label=label).pk}_{question}": value
        for label, answers in marks.items()
        for question, value in answers.items()
    }
