"""Breaks one promise about ballots, for test_mutants.py; also in the web processes that a test starts."""

import logging
import os
import time

import pytest

NAME = os.environ.get("MUTANT", "")


@pytest.fixture(autouse=True)
def mutant():
    apply()


def apply():
    MUTANTS[NAME]()


def check_then_act():
    """Looks for the mark without a lock and writes it a moment later."""
    from django.db import transaction  # noqa: PLC0415
    from django.db.models.functions import Now  # noqa: PLC0415

    from evaluations.actions import ballots  # noqa: PLC0415
    from evaluations.models import Ballot, Round  # noqa: PLC0415

    def store(round_id, position, *, box):
        round = Round.objects.annotate(clock=Now()).get(pk=round_id)
        if round.has_mark(position):
            return False
        time.sleep(0.05)
        with transaction.atomic():
            Round.objects.filter(pk=round_id).update(marks=round.marks_with(position))
            Ballot.objects.create(round_id=round_id, box=box)
        return True

    ballots._store = store


def close_without_lock():
    """Ballots do not look whether the round was closed in the meantime."""
    from django.db import transaction  # noqa: PLC0415

    from evaluations.actions import ballots  # noqa: PLC0415
    from evaluations.models import Ballot, Round  # noqa: PLC0415

    def store(round_id, position, *, box):
        if not Round.objects.get(pk=round_id).is_open:
            raise ballots.RoundIsOver
        time.sleep(0.1)
        with transaction.atomic():
            round = Round.objects.select_for_update().get(pk=round_id)
            Round.objects.filter(pk=round_id).update(marks=round.marks_with(position))
            Ballot.objects.create(round_id=round_id, box=box)
        return True

    ballots._store = store


def web_clock():
    from django.db.models import Value  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from evaluations.actions import ballots  # noqa: PLC0415

    ballots.Now = lambda: Value(timezone.now())


def no_quota():
    from evaluations.actions import paper  # noqa: PLC0415

    paper._quota_problems = lambda sheet, ballot: ()


def no_thresholds():
    import scoring  # noqa: PLC0415
    from evaluations.actions import counting  # noqa: PLC0415

    real = scoring.suppress
    counting.scoring.suppress = lambda *args, **options: real(*args, **options | {"k": 1})


def no_padding():
    from evaluations.actions import paper  # noqa: PLC0415

    real = paper.pack
    paper.pack = lambda ballot, *, rated, size: real(ballot, rated=rated, size=size).rstrip(b"\0")


def key_kept():
    from evaluations.actions import round_keys  # noqa: PLC0415

    round_keys.destroy = lambda mark: None


def no_count_check():
    from evaluations.actions import counting  # noqa: PLC0415

    counting.verify = lambda ballots, *, marked, rated: None


def comments_in_order_of_votes():
    """Written down as the ballots come, under ids that say nothing."""
    import uuid  # noqa: PLC0415

    from evaluations.actions import close, counting  # noqa: PLC0415

    counting.CommentLine.id_in = lambda self, round_id: uuid.uuid4()
    close.sorted = lambda rows, key: rows


def small_rounds():
    from evaluations.actions import rounds  # noqa: PLC0415

    rounds._refuse_opening = lambda *args, **options: None


def logged_ballot():
    from evaluations.actions import ballots, paper  # noqa: PLC0415

    real = paper.check

    def check(sheet, ballot, *, rated):
        logging.getLogger("evaluations").info("ballot %s", ballot)
        return real(sheet, ballot, rated=rated)

    ballots.papers.check = check


def close_in_pieces():
    """Without a transaction around it, a kill leaves half a count."""
    from evaluations.actions import close  # noqa: PLC0415

    close._count = close._count.__wrapped__


def session_written():
    from evaluations.views import peer  # noqa: PLC0415

    real = peer._cast

    def cast(request, paper):
        response = real(request, paper)
        request.session.modified = True
        return response

    peer._cast = cast


def early_results():
    """Something about the ballots is shown while the round is open."""
    from evaluations.models import Round  # noqa: PLC0415
    from evaluations.queries import results  # noqa: PLC0415

    Round.is_closed = property(lambda round: True)
    results.result_of = lambda round, person: results.PersonResult("grade", (), f"{round.marks}")


def code_used_twice():
    """A one-time code is looked at and never spent."""
    from evaluations.views import poll_answer  # noqa: PLC0415

    poll_answer.one_pass = lambda digest: lambda _today: None


def short_codes():
    """Codes of three letters, as offices like them."""
    from evaluations.actions import codes, feedback, polls, ratings  # noqa: PLC0415

    for module in (codes, feedback, polls, ratings):
        module.new_code = lambda new=codes.new_code: new()[:3]


def one_typist():
    """What one person typed is counted at once."""
    from evaluations.actions import papers  # noqa: PLC0415

    counted = papers._count
    papers._waiting = lambda others: papers.State.COUNTED
    store = papers.PaperEntry.objects.update_or_create

    def type_and_count(**values):
        entry, made = store(**values)
        counted(entry.sheet, entry.slips, entry.totals, at=entry.entered_at)
        return entry, made

    papers.PaperEntry.objects.update_or_create = type_and_count


def deadline_from_the_day():
    """The deadline of an opinion is counted from the very day, and so tells it."""
    from datetime import timedelta  # noqa: PLC0415

    from common.dates import add_working_days  # noqa: PLC0415
    from evaluations.actions import feedback  # noqa: PLC0415

    keep = feedback._keep

    def kept(row, period, *, today):
        code = keep(row, period, today=today)
        row.due_on = add_working_days(today, 5) + timedelta(days=0)
        row.save(update_fields=["due_on"])
        return code

    feedback._keep = kept


def panel_without_threshold():
    """Classes of four are shown in full."""
    from evaluations.queries import polls  # noqa: PLC0415

    polls._least = lambda plan, offer, key: 1


MUTANTS = {
    function.__name__: function
    for function in (
        check_then_act,
        close_without_lock,
        web_clock,
        no_quota,
        no_thresholds,
        no_padding,
        key_kept,
        no_count_check,
        comments_in_order_of_votes,
        small_rounds,
        logged_ballot,
        close_in_pieces,
        session_written,
        early_results,
        code_used_twice,
        short_codes,
        one_typist,
        deadline_from_the_day,
        panel_without_threshold,
    )
}
