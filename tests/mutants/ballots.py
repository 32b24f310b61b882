"""Casting and opening: what a ballot may leave behind, and who may cast what."""

import contextlib
import logging
import time

from tests.mutants.table import breaks

STORM = "evaluations/test_ballot_storm.py"
BALLOT = "evaluations/test_peer_ballot.py"
LEAKS = "evaluations/test_ballot_leaks.py"


@breaks(f"{STORM}::test_a_hundred_parallel_posts_of_one_ballot_count_once")
def check_then_act(patch):
    """Looks for the mark without a lock and writes it a moment later."""
    from django.db import transaction
    from django.db.models.functions import Now

    from evaluations.actions import ballots
    from evaluations.models import Ballot, Round

    def store(round_id, position, *, box):
        round = Round.objects.annotate(clock=Now()).get(pk=round_id)
        if round.has_mark(position):
            return False
        time.sleep(0.05)
        with transaction.atomic():
            Round.objects.filter(pk=round_id).update(marks=round.marks_with(position))
            Ballot.objects.create(round_id=round_id, box=box)
        return True

    patch.setattr(ballots, "_store", store)


@breaks(f"{STORM}::test_deadline_and_close_lose_no_accepted_ballot")
def close_without_lock(patch):
    """Ballots do not look whether the round was closed in the meantime."""
    from django.db import transaction

    from evaluations.actions import ballots
    from evaluations.models import Ballot, Round

    def store(round_id, position, *, box):
        if not Round.objects.get(pk=round_id).is_open:
            raise ballots.RoundIsOver
        time.sleep(0.1)
        with transaction.atomic():
            round = Round.objects.select_for_update().get(pk=round_id)
            Round.objects.filter(pk=round_id).update(marks=round.marks_with(position))
            Ballot.objects.create(round_id=round_id, box=box)
        return True

    patch.setattr(ballots, "_store", store)


@breaks(f"{STORM}::test_killed_web_processes_lose_no_acknowledged_ballot")
def answered_before_stored(patch):
    """已提交 is said first and the ballot written a moment later."""
    import threading

    from evaluations.actions import ballots

    real = ballots._store

    def store(round_id, position, *, box):
        def later():
            time.sleep(0.3)
            real(round_id, position, box=box)

        threading.Thread(target=later, daemon=True).start()
        return True

    patch.setattr(ballots, "_store", store)


@breaks(f"{BALLOT}::test_clock_of_the_database_decides")
def web_clock(patch):
    from django.db.models import Value
    from django.utils import timezone

    from evaluations.actions import ballots

    patch.setattr(ballots, "Now", lambda: Value(timezone.now()))


@breaks(
    "evaluations/test_quota.py::test_at_the_limit_it_is_taken_and_above_it_refused",
    "evaluations/test_quota.py::test_no_ballot_above_the_quota_is_stored_however_many_press_at_once",
)
def no_quota(patch):
    from evaluations.actions import paper

    patch.setattr(paper, "_quota_problems", lambda sheet, ballot: ())


@breaks(f"{BALLOT}::test_all_boxes_of_a_round_have_one_size")
def no_padding(patch):
    from evaluations.actions import paper

    real = paper.pack
    patch.setattr(
        paper,
        "pack",
        lambda ballot, *, rated, size: real(ballot, rated=rated, size=size).rstrip(b"\0"),
    )


@breaks(f"{LEAKS}::test_failure_in_the_middle_of_a_vote_leaves_no_word")
def logged_ballot(patch):
    from evaluations.actions import ballots, paper

    real = paper.check

    def check(sheet, ballot, *, rated):
        logging.getLogger("evaluations").info("ballot %s", ballot)
        return real(sheet, ballot, rated=rated)

    patch.setattr(ballots.papers, "check", check)


@breaks(f"{LEAKS}::test_a_vote_leaves_no_word_anywhere")
def cached_draft(patch):
    """What was typed is kept in the cache, in case something goes wrong."""
    from django.core.cache import cache

    _after_cast(patch, lambda by, ballot: cache.set(f"draft:{by.pk}", repr(ballot), 600))


@breaks(f"{LEAKS}::test_a_vote_leaves_no_word_anywhere")
def audited_ballot(patch):
    """The vote stands in the trail, with what was said."""
    from django.utils import timezone

    from common import audit

    def record(by, ballot):
        detail = {"评议": [one.comment for one in ballot.values()]}
        audit.record("参评", by, by=by, at=timezone.now(), path="", detail=detail)

    _after_cast(patch, record)


@breaks(f"{BALLOT}::test_self_review_and_ballot_do_not_touch_each_other")
def one_form_for_both(patch):
    """The self-review is marked as read in the transaction of the ballot."""
    from django.utils import timezone

    from evaluations.models import SelfReview

    _after_cast(
        patch,
        lambda by, ballot: SelfReview.objects.filter(person=by).update(changed_at=timezone.now()),
    )


def _after_cast(patch, deed):
    from evaluations.views import peer

    real = peer.cast_ballot

    def cast(paper, *, ballot, by):
        counted = real(paper, ballot=ballot, by=by)
        deed(by, ballot)
        return counted

    patch.setattr(peer, "cast_ballot", cast)


@breaks(f"{BALLOT}::test_session_is_not_written_by_a_vote")
def session_written(patch):
    from evaluations.views import peer

    real = peer._cast

    def cast(request, paper):
        response = real(request, paper)
        request.session.modified = True
        return response

    patch.setattr(peer, "_cast", cast)


@breaks(f"{BALLOT}::test_whole_ballot_is_refused")
def whatever_is_posted(patch):
    """Answers about oneself, about nobody or twice about one are read over."""
    from evaluations.forms import peer

    patch.setattr(peer.BallotForm, "_strange", lambda form: ())


@breaks(f"{BALLOT}::test_somebody_elses_id_in_the_body_changes_nothing")
def rater_from_the_body(patch):
    """Whose ballot it is is taken from the form, as if one filled it in for a colleague."""
    from branches.models import Person
    from evaluations.queries import peer as queries
    from evaluations.views import peer

    real = peer._cast

    def cast(request, paper):
        if rater := request.POST.get("rater"):
            request.user = Person.objects.get(pk=rater)
            paper = queries.paper_for(request.user, paper.round.pk)
            request.POST = request.POST.copy()
            for name in list(request.POST):
                if name.startswith("p") and name.split("-")[0] not in {
                    f"p{position}" for position in paper.positions
                }:
                    del request.POST[name]
            for position in paper.positions:
                for question in paper.round.sheet.scale_questions:
                    request.POST.setdefault(f"p{position}-{question.key}", "good")
        return real(request, paper)

    patch.setattr(peer, "_cast", cast)


@breaks("evaluations/test_round_open.py::test_refused_below_k_plus_one")
def small_rounds(patch):
    from evaluations.actions import rounds

    patch.setattr(rounds, "_refuse_size", lambda *args, **options: None)


@breaks("evaluations/test_round_open.py::test_deadline_is_a_day_away_at_least")
def short_rounds(patch):
    """Opened and shut after a vote or two (B10)."""
    from datetime import timedelta

    from evaluations.actions import rounds

    patch.setattr(rounds, "LEAST_OPEN", timedelta(0))


@breaks("evaluations/test_round_open.py::test_joining_later_does_not_change_the_roll")
def roll_grows(patch):
    """Whoever belongs to the branch is on its roll, whenever he came."""
    from django.db import models

    from evaluations.models import RollEntry

    real = models.Manager.count

    def count(manager):
        if getattr(manager, "model", None) is RollEntry and hasattr(manager, "instance"):
            return manager.instance.organisation.affiliations.count()
        return real(manager)

    patch.setattr(models.Manager, "count", count)


@breaks("evaluations/test_round_open.py::test_nobody_adds_a_puppet_to_an_open_round")
def puppets(patch):
    """The people who vote are those who belong there now, not those of the frozen roll."""
    from evaluations.models import RollEntry
    from evaluations.queries import peer

    real = peer.paper_for

    def paper_for(person, round_id):
        with contextlib.suppress(RollEntry.DoesNotExist):
            return real(person, round_id)
        known = RollEntry.objects.filter(round=round_id).order_by("position").last()
        RollEntry.objects.create(
            round_id=round_id, period_id=known.period_id, person=person,
            position=known.position + 1,
        )  # fmt: skip
        return real(person, round_id)

    patch.setattr(peer, "paper_for", paper_for)


@breaks("evaluations/test_round_open.py::test_nobody_is_on_two_rolls_of_a_period")
def roll_of_each_branch(patch):
    """Once per round, not once per person and period (C12)."""
    from evaluations.models import RollEntry

    real = RollEntry.__init__

    def init(entry, *args, **values):
        real(entry, *args, **values)
        if not args and entry.round_id:
            entry.kind = f"peer-{entry.round_id}"

    patch.setattr(RollEntry, "__init__", init)
