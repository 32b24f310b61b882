"""What citizens and panels send in: once each, by the hours, without a time, in its own channel."""

from tests.mutants.table import breaks

KIOSK = "evaluations/test_kiosk.py"


@breaks("evaluations/test_poll.py::test_a_code_counts_once_and_is_kept_as_a_hash")
def code_used_twice(patch):
    """A one-time code is looked at and never spent."""
    from evaluations.views import poll_answer

    patch.setattr(poll_answer, "one_pass", lambda digest: lambda _today: None)


@breaks("evaluations/test_window_rate.py::test_pressing_twice_and_replaying_counts_once")
def form_counts_each_time(patch):
    from evaluations.views import rating

    patch.setattr(rating, "one_form", lambda nonce, **_place: lambda _today: None)


@breaks("evaluations/test_without_a_cache.py::test_a_replayed_form_counts_once_without_a_cache")
def nonces_in_the_cache(patch):
    """Whether a form was used is remembered where a restart forgets it (C11)."""
    from django.core.cache import cache

    from evaluations.actions import ratings
    from evaluations.views import rating

    def one_form(nonce, **_place):
        def use(_today):
            if not cache.add(f"nonce:{nonce}", 1, 3600):
                raise ratings.AlreadyRated

        return use

    patch.setattr(rating, "one_form", one_form)


@breaks("evaluations/test_guessed_codes.py::test_a_hundred_thousand_guesses_hit_nothing")
def short_codes(patch):
    """Codes of three letters, as offices like them."""
    from evaluations.actions import codes, feedback, polls, ratings

    real = codes.new_code
    for module in (codes, feedback, polls, ratings):
        patch.setattr(module, "new_code", lambda: real()[:3])


@breaks("evaluations/test_paper.py::test_the_same_person_twice_is_not_two_people")
def one_typist(patch):
    """What one person typed is counted at once."""
    from evaluations.actions import papers

    counted = papers._count
    patch.setattr(papers, "_waiting", lambda others: papers.State.COUNTED)
    store = papers.PaperEntry.objects.update_or_create

    def type_and_count(**values):
        entry, made = store(**values)
        counted(entry.sheet, entry.slips, entry.totals, at=entry.entered_at)
        return entry, made

    patch.setattr(papers.PaperEntry.objects, "update_or_create", type_and_count)


@breaks("evaluations/test_feedback.py::test_the_deadline_does_not_tell_the_day")
def deadline_from_the_day(patch):
    """The deadline of an opinion is counted from the very day, and so tells it."""
    from common.dates import add_working_days
    from evaluations.actions import feedback

    keep = feedback._keep

    def kept(row, period, *, today):
        code = keep(row, period, today=today)
        row.due_on = add_working_days(today, 5)
        row.save(update_fields=["due_on"])
        return code

    patch.setattr(feedback, "_keep", kept)


@breaks(
    "supervision/test_channels.py::test_ten_thousand_scripted_scans_change_the_verified_picture_by_their_share_only"
)
def open_channel_in_full(patch):
    """Every scan counts like a visit (C6)."""
    from collections import Counter

    from tests.supervision import test_channels

    def weigh(plan, channels):
        return sum((Counter(counts) for counts in channels.values()), Counter())

    patch.setattr(test_channels, "weigh_channels", weigh)


@breaks(f"{KIOSK}::test_outside_the_hours_nothing_is_taken")
def tablet_at_night(patch):
    from evaluations.models import Kiosk

    patch.setattr(Kiosk, "serves", lambda kiosk, moment: kiosk.is_active)


@breaks(f"{KIOSK}::test_two_ratings_in_one_breath_count_once")
def tablet_without_pause(patch):
    from evaluations.views import kiosk

    patch.setattr(kiosk, "may_rate_now", lambda kiosk: True)


@breaks(f"{KIOSK}::test_strange_days_are_named", f"{KIOSK}::test_verified_and_open_stand_apart")
def nobody_looks(patch):
    """Bursts and days on which all say the same pass unnoticed (C7)."""
    from evaluations.queries import flags
    from tests.evaluations import test_kiosk

    for module in (flags, test_kiosk):
        patch.setattr(module, "strange_days", lambda name, by_day, is_working_day: [])


@breaks(f"{KIOSK}::test_the_form_of_a_tablet_is_used_once")
def tablet_form_for_ever(patch):
    """The tablet's form may be sent again and again (C8)."""
    from evaluations.views import rating

    patch.setattr(rating, "one_form", lambda nonce, **_place: lambda _today: None)


@breaks(
    "evaluations/test_disclosure.py::test_a_hidden_window_does_not_follow_from_its_branch",
    "evaluations/test_disclosure.py::test_no_tree_of_a_thousand_gives_a_hidden_window_away",
)
def sum_of_all_windows(patch):
    """The branch's rate counts the windows too that are too small to be shown (B12)."""
    from supervision.actions import rollups

    patch.setattr(rollups, "shown_parts", lambda windows, least: list(windows.values()))


@breaks("evaluations/test_own_window.py::test_no_page_of_the_clerk_moves_with_a_visitor")
def clerks_see_at_once(patch):
    """The window's own people read opinions and rates as they come (B19)."""
    from evaluations.queries import ratings

    patch.setattr(ratings, "told_until", lambda period, *, today: period.ends_on)


@breaks("evaluations/test_disclosure.py::test_a_board_does_not_move_with_each_visitor")
def live_board(patch):
    """The rate on the board moves with each visitor, for who stands beside to see (B19)."""
    from supervision.actions import rollups

    patch.setattr(rollups, "_standing", lambda period: {})
