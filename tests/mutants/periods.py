"""Quarters, closings, scorecards, reminders."""

import contextlib

from tests.mutants.table import breaks

CLOSE = "supervision/test_close_period.py"
ONCE = "supervision/test_once.py"


@breaks(
    "supervision/test_close_killed.py::test_killed_at_five_points_it_is_closed_once_and_the_same",
    f"{CLOSE}::test_a_kill_in_the_middle_leaves_nothing",
    "system/test_database_stopped.py::test_a_database_stopped_during_a_close_and_votes_costs_nothing",
)
def close_without_transaction(patch):
    """Cards first, the rest afterwards, each for itself."""
    from supervision.actions import closing

    class Nothing:
        @staticmethod
        def atomic(*_args, **_options):
            return contextlib.nullcontext()

    class Periods:
        @staticmethod
        def select_for_update(**_options):
            return closing_periods

    closing_periods = closing.Period.objects.all()
    patch.setattr(closing, "transaction", Nothing)
    patch.setattr(closing.Period.objects, "select_for_update", Periods.select_for_update)


@breaks("supervision/test_close_killed.py::test_two_who_close_at_once_close_once")
def close_by_count(patch):
    """Each who closes makes a version of his own."""
    from supervision.actions import closing

    def close_period(period, *, by, at, report=lambda *parts: None):
        number = closing.Closing.objects.filter(period=period).count() + 1
        made = closing.Closing.objects.create(
            period=period, version=number, closed_at=at, closed_by=by, digest="", reason="x"
        )
        closing._write_scorecards(made, period, report)
        closing._seal(made, period, by=by, at=at)
        return made

    patch.setattr(closing, "close_period", close_period)


@breaks(f"{CLOSE}::test_an_uncounted_round_stands_in_the_way")
def close_over_open_rounds(patch):
    from supervision.actions import closing

    patch.setattr(closing, "_refuse_open_rounds", lambda period: None)


@breaks(f"{CLOSE}::test_reopened_period_is_closed_as_a_new_version")
def overwritten_closing(patch):
    """A reopened period forgets what it said before (D10)."""
    from supervision.actions import closing

    def again(period, last, *, by, at):
        period.closings.all().delete()
        return closing.Closing.objects.create(period=period, closed_at=at, closed_by=by, digest="")

    patch.setattr(closing, "_closing", again)


@breaks(f"{CLOSE}::test_the_close_belongs_to_its_period_whatever_the_clock_says")
def close_by_the_clock(patch):
    """What is closed is the quarter that the clock shows (D9)."""
    from django.utils import timezone

    from supervision import tasks

    real = tasks.close_period

    def close_period(period, *, by, at, report):
        begun = period.campaign.periods.filter(starts_on__lte=timezone.localdate())
        return real(begun.latest("starts_on"), by=by, at=at, report=report)

    patch.setattr(tasks, "close_period", close_period)


@breaks("supervision/test_lifecycle_cards.py::test_exactly_one_card_each")
def card_for_each_home(patch):
    """Whoever belonged to two branches in the quarter counts twice, by where he was first."""
    from supervision.queries import subjects

    def participants(period):
        rows = subjects.Affiliation.objects.filter(
            organisation__path__startswith=subjects._root(period)
        )
        return rows.exclude(ends_on__lt=period.starts_on).exclude(starts_on__gt=period.ends_on)

    patch.setattr(subjects, "_participants", participants)


@breaks(
    "common/test_dates.py::test_duties_and_lateness_turn_with_it",
    "common/test_dates.py::test_the_quarter_turns_in_shanghai_in_the_database_too",
)
def quarters_in_utc(patch):
    """The day is the one of Greenwich (T22)."""
    from datetime import UTC

    from django.utils import timezone

    real = timezone.localdate
    patch.setattr(timezone, "localdate", lambda value=None, zone=None: real(value, UTC))


@breaks("campaigns/test_remind_due.py::test_nobody_is_reminded_at_night")
def reminds_at_night(patch):
    from common import notices

    patch.setattr(notices, "is_quiet", lambda at: False)


@breaks("campaigns/test_remind_due.py::test_mail_goes_out_once_and_not_after_the_deed")
def mails_what_is_done(patch):
    from campaigns.actions import reminders
    from tests.campaigns import test_remind_due

    for module in (reminders, test_remind_due):
        patch.setattr(module, "withdraw_stale_mail", lambda: 0)


@breaks(f"{ONCE}::test_six_sweepers_at_once_tell_each_once")
def each_sweeper_its_own(patch):
    """Each sweeper names the event its own way, so each tells (D11, E5)."""
    import itertools

    from common import notices

    number, post = itertools.count(), notices.post
    patch.setattr(
        notices,
        "post",
        lambda people, *, event, **parts: post(people, event=f"{event}:{next(number)}", **parts),
    )


@breaks(
    "supervision/test_written_while_closing.py::test_a_page_opened_before_the_close_writes_nothing_after_it"
)
def believes_the_page(patch):
    """Whether the period is open is read off the object that the page was made of (D2)."""
    from competitions.actions import indicators
    from evaluations.actions import reviews, rounds, self_reviews

    for module in (reviews, self_reviews, rounds, indicators):
        patch.setattr(module, "stays_open", lambda period: period.is_open)
