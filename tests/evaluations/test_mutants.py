"""Each promise about ballots has a mutant that breaks it; the named test must go red on it.

The tests run in a process of their own with the mutant patched in by `MUTANT=<name>` (mutant_plugin.py).
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]
HERE = "tests/evaluations"
RED = {
    "check_then_act": f"{HERE}/test_ballot_storm.py::test_a_hundred_parallel_posts_of_one_ballot_count_once",
    "close_without_lock": f"{HERE}/test_ballot_storm.py::test_deadline_and_close_lose_no_accepted_ballot",
    "web_clock": f"{HERE}/test_peer_ballot.py::test_clock_of_the_database_decides",
    "no_quota": f"{HERE}/test_quota.py::test_at_the_limit_it_is_taken_and_above_it_refused",
    "no_thresholds": f"{HERE}/test_thresholds.py::test_nothing_is_kept_below_the_thresholds_whatever_the_turnout",
    "no_padding": f"{HERE}/test_peer_ballot.py::test_all_boxes_of_a_round_have_one_size",
    "key_kept": f"{HERE}/test_round_close.py::test_key_is_destroyed_after_the_commit",
    "no_count_check": f"{HERE}/test_round_close.py::test_ballot_too_many_stops_the_count_and_raises_the_alarm_once",
    "comments_in_order_of_votes": f"{HERE}/test_round_close.py::test_comments_are_torn_from_their_ballots",
    "small_rounds": f"{HERE}/test_round_open.py::test_refused_below_k_plus_one",
    "logged_ballot": f"{HERE}/test_ballot_leaks.py::test_failure_in_the_middle_of_a_vote_leaves_no_word",
    "close_in_pieces": f"{HERE}/test_round_close.py::test_stopped_anywhere_it_is_not_counted_and_a_rerun_gives_the_same_bytes",
    "session_written": f"{HERE}/test_peer_ballot.py::test_session_is_not_written_by_a_vote",
    "code_used_twice": f"{HERE}/test_poll.py::test_a_code_counts_once_and_is_kept_as_a_hash",
    "short_codes": f"{HERE}/test_guessed_codes.py::test_a_hundred_thousand_guesses_hit_nothing",
    "one_typist": f"{HERE}/test_paper.py::test_the_same_person_twice_is_not_two_people",
    "deadline_from_the_day": f"{HERE}/test_feedback.py::test_the_deadline_does_not_tell_the_day",
    "panel_without_threshold": f"{HERE}/test_poll.py::test_nothing_is_known_before_the_close_and_little_of_few",
    "early_results": f"{HERE}/test_thresholds.py::test_no_page_changes_before_the_close_but_for_the_turnout",
}


@pytest.mark.system
@pytest.mark.timeout(300)
@pytest.mark.parametrize("mutant", RED)
def test_mutant_turns_its_test_red(mutant):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PORTAL_TEST_VAR", "PORTAL_VAR", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        RED[mutant],
        "-qx",
        "--nomigrations",
        "-p",
        "tests.evaluations.mutant_plugin",
    ]

    done = subprocess.run(
        command,
        cwd=BASE,
        env={**environment, "MUTANT": mutant},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stdout[-2000:]
    assert " failed" in done.stdout
