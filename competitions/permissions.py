"""Who may do what. Whoever is responsible for an organisation runs what is compared in it."""

from branches.models import is_over, scope_paths
from competitions.models import Contest

RUNNERS = ("secretary", "committee", "office")
RULERS = ("committee", "office")


def can_run(person, row):
    """Secretary, committee or office over the place that organises it."""
    return is_over(person, row.organisation, *RUNNERS)


def can_run_anything(person):
    return bool(scope_paths(person, *RUNNERS))


def can_add_contest(person):
    return can_run_anything(person)


def can_change_contest(person, contest):
    """Entrants, judges, day and place, until it is ranked."""
    return contest.is_open and can_run(person, contest)


def can_reopen_contest(person, contest):
    return contest.state == Contest.State.RANKED and can_run(person, contest)


def can_cancel_contest(person, contest):
    """Also after publication: the result is withdrawn, the reason stands in its place."""
    return not contest.is_cancelled and can_run(person, contest)


def can_remove_entrant(person, entrant):
    return can_change_contest(person, entrant.contest)


def can_remove_judge(person, judge):
    return can_change_contest(person, judge.contest)


def can_close_contest(person, contest):
    return contest.state == Contest.State.JUDGING and can_run(person, contest)


def can_import_scores(person, contest):
    """Paper sheets into the judges' own, until it is ranked."""
    return can_close_contest(person, contest)


def can_decide_contest(person, contest):
    """Ties at a prize are the committee's; a secretary decides for a contest of his own branch."""
    return contest.state == Contest.State.RANKED and can_run(person, contest)


def can_publish_contest(person, contest):
    return contest.state == Contest.State.RANKED and can_run(person, contest)


def can_return_sheet(person, judge):
    return (
        judge.submitted_at is not None
        and judge.contest.state == Contest.State.JUDGING
        and can_run(person, judge.contest)
    )


def can_write_sheet(person, judge):
    """His own sheet only, until he hands it in."""
    return (
        judge.person_id == person.pk
        and judge.submitted_at is None
        and judge.contest.state == Contest.State.JUDGING
    )


def can_set_benchmark(person, campaign):
    return is_over(person, campaign.organisation, *RULERS)


def can_tap(person, streak):
    """Whose streak it is, and who is responsible for the place."""
    return person.pk == streak.person_id or can_run(person, streak)


def can_nominate(person, selection):
    """Everybody who sees it, while nominations are taken."""
    return selection.state == "nominating"


def can_lead_selection(person, selection):
    return selection.state in {"nominating", "reviewing"} and can_run(person, selection)


def can_change_selection(person, selection):
    """Until when it takes nominations."""
    return can_lead_selection(person, selection)


def can_recall_selection(person, selection):
    return selection.state == "publicised" and can_run(person, selection)


def can_cancel_selection(person, selection):
    return selection.state in {"nominating", "reviewing", "publicised"} and can_run(
        person, selection
    )


def can_revoke_award(person, award):
    """Those who decide for the whole campaign; an honour is not taken back twice."""
    return not award.revoked_reason and is_over(person, award.selection.organisation, *RULERS)


def can_review_nomination(person, nomination):
    """Whoever runs the selection, but not about himself."""
    return nomination.person_id != person.pk and can_lead_selection(person, nomination.selection)


def can_withdraw_choice(person, nomination):
    return (
        nomination.state == "chosen"
        and nomination.selection.state == "publicised"
        and can_run(person, nomination.selection)
    )


def can_see_evidence(person, nomination):
    """The pack is for those who decide, and for the candidate himself."""
    return nomination.person_id == person.pk or can_run(person, nomination.selection)


def can_object(person, selection):
    return selection.state == "publicised"


def can_award(person, selection):
    return selection.state == "publicised" and can_run(person, selection)


def can_answer_objection(person, objection):
    return not objection.answer and can_run(person, objection.selection)


def can_note_activity(person, activity):
    """The organiser, the team's leader, and who was there."""
    if person.pk == activity.leader_id or can_run(person, activity):
        return True
    return activity.attendance.filter(person=person).exists()


def can_picture_activity(person, activity):
    """Whoever may write its log has the photos, too."""
    return can_note_activity(person, activity)


def can_remove_activity_picture(person, picture):
    """Who added it, and the organiser: when somebody on it no longer agrees it goes."""
    return person.pk == picture.added_by_id or can_run(person, picture.activity)


def can_note_growth(person, growth):
    """The mentor, and who is responsible for the place."""
    return growth.state == "running" and (person.pk == growth.mentor_id or can_run(person, growth))


def can_change_growth(person, growth):
    return growth.state == "running" and can_run(person, growth)


def can_conclude_growth(person, growth):
    """A third person: neither developed nor the mentor."""
    return can_change_growth(person, growth) and person.pk not in {
        growth.person_id, growth.mentor_id
    }  # fmt: skip


def can_enrol(person, campaign):
    return campaign is not None and is_over(person, campaign.organisation, *RULERS)


def can_declare_target(person, target):
    """Whose target it is, or who is responsible for the place; again after a no."""
    return target.state in {"aimed", "unmet"} and (
        person.pk == target.person_id or can_run(person, target)
    )


def can_verify_target(person, target):
    """Somebody else: neither declared nor about him."""
    return (
        target.state == "declared"
        and person.pk not in {target.declared_by_id, target.person_id}
        and can_run(person, target)
    )


def can_decide_target(person, target):
    return (
        target.state == "verified"
        and person.pk not in {target.declared_by_id, target.person_id}
        and is_over(person, target.organisation, *RULERS)
    )


def can_change_case(person, case):
    return case.is_editable and can_run(person, case)


def can_picture_case(person, case):
    return case.kind == "model" and can_change_case(person, case)


def can_remove_picture(person, picture):
    return can_change_case(person, picture.case)


def can_propose_case(person, case):
    return case.kind == "model" and can_change_case(person, case)


def can_judge_case(person, case):
    """Somebody else than who proposed it (four eyes)."""
    return case.state == "proposed" and person.pk != case.proposed_by_id and can_run(person, case)


def can_withdraw_case(person, case):
    return case.is_live and can_run(person, case)


def can_drop_efficacy(person, notice):
    return notice.state == "returned" and can_run(person, notice)


def can_rework_case(person, case):
    return case.state == "down" and can_run(person, case)


def can_pair(person, campaign):
    return is_over(person, campaign.organisation, *RULERS)


def can_work_in_pair(person, pair):
    return (
        can_run(person, pair)
        or is_over(person, pair.stronger, *RUNNERS)
        or is_over(person, pair.weaker, *RUNNERS)
    )
