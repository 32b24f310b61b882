"""Closing a round and showing what came of it."""

from tests.mutants.table import breaks

CLOSE = "evaluations/test_round_close.py"
SHOWN = "evaluations/test_thresholds.py"
SOLVER = "evaluations/test_disclosure.py"
JOINT = "evaluations/test_disclosure_joint.py"


@breaks(
    f"{SHOWN}::test_nothing_is_kept_below_the_thresholds_whatever_the_turnout",
    f"{SOLVER}::test_every_turnout_of_two_to_eight_leaves_each_hidden_cell_open",
)
def no_thresholds(patch):
    import scoring
    from evaluations.actions import counting

    real = scoring.suppress
    patch.setattr(
        counting.scoring,
        "suppress",
        lambda *args, **options: real(*args, **options | {"k": 1, "grade_from": 1}),
    )


@breaks(f"{SHOWN}::test_nothing_is_kept_below_the_thresholds_whatever_the_turnout")
def small_counts_kept(patch):
    """Below the threshold the counts stay beside the grade (B11)."""
    from evaluations.actions import counting

    real = counting._lines

    def lines(sheet, position, known):
        told = real(sheet, position, known)
        return [
            line
            if line.counts
            else counting.TallyLine(position, "", line.shown, line.grade, (1, 2))
            for line in told
        ]

    patch.setattr(counting, "_lines", lines)


@breaks(
    f"{SHOWN}::test_small_unanimous_histograms_are_never_shown_as_such",
    f"{SOLVER}::test_a_unanimous_result_may_have_been_two_things",
)
def unanimity_shown(patch):
    """“All five gave 差” (B13)."""
    from evaluations.queries import results

    def bars(question, counts):
        total = sum(counts)
        names = [level.name for level in question.levels]
        return tuple(
            results.Bar(name, count, count / total if total else 0)
            for name, count in zip(names, counts, strict=True)
        )

    patch.setattr(results, "bars", bars)


@breaks(f"{SHOWN}::test_no_page_changes_before_the_close_but_for_the_turnout")
def early_results(patch):
    """Something about the ballots is shown while the round is open."""
    from evaluations.models import Round
    from evaluations.queries import results

    patch.setattr(Round, "is_closed", property(lambda round: True))
    patch.setattr(
        results,
        "result_of",
        lambda round, person: results.PersonResult("grade", (), f"{round.marks}"),
    )


@breaks(
    f"{CLOSE}::test_key_is_destroyed_after_the_commit",
    "attacker/test_attackers.py::test_after_the_close_no_file_on_disk_opens_a_kept_ballot",
)
def key_kept(patch):
    from evaluations.actions import round_keys

    patch.setattr(round_keys, "destroy", lambda mark: None)


@breaks(f"{CLOSE}::test_ballot_too_many_stops_the_count_and_raises_the_alarm_once")
def no_count_check(patch):
    from evaluations.actions import counting

    patch.setattr(counting, "verify", lambda ballots, *, marked, rated: None)


@breaks(f"{CLOSE}::test_comments_are_torn_from_their_ballots")
def comments_in_order_of_votes(patch):
    """Written down as the ballots come, under ids that say nothing."""
    import uuid

    from evaluations.actions import close, counting

    patch.setattr(counting.CommentLine, "id_in", lambda self, round_id: uuid.uuid4())
    patch.setattr(close, "sorted", lambda rows, key: rows, raising=False)


@breaks(f"{CLOSE}::test_stopped_anywhere_it_is_not_counted_and_a_rerun_gives_the_same_bytes")
def close_in_pieces(patch):
    """Without a transaction around it, a kill leaves half a count."""
    from evaluations.actions import close

    patch.setattr(close, "_count", close._count.__wrapped__)


@breaks("evaluations/test_poll.py::test_nothing_is_known_before_the_close_and_little_of_few")
def panel_without_threshold(patch):
    """Classes of four are shown in full."""
    from evaluations.queries import polls

    patch.setattr(polls, "_least", lambda plan, offer, key: 1)


@breaks("scoring/test_outcome.py::test_a_tie_at_the_limit_leaves_seats_empty_rather_than_to_chance")
def ties_by_chance(patch):
    """Who is first in the list takes the last seat (C5)."""
    from scoring import quotas

    real = quotas._settle

    def settle(quota, told, chosen, tied, limit):
        real(quota, told, chosen or tied, False, limit)

    patch.setattr(quotas, "_settle", settle)


@breaks(f"{SOLVER}::test_nothing_tells_which_answers_came_from_one_ballot")
def ballots_named(patch):
    """Each comment keeps the number of its ballot: a pseudonym across people (B15)."""
    from dataclasses import replace

    from evaluations.actions import counting

    real = counting.comments

    def comments(sheet, ballots, *, rated):
        numbered = [
            {
                at: rating
                and replace(rating, comment=rating.comment and f"{number}{rating.comment}")
                for at, rating in ballot.items()
            }
            for number, ballot in enumerate(ballots)
        ]
        return real(sheet, numbered, rated=rated)

    patch.setattr(counting, "comments", comments)


@breaks("supervision/test_veiled.py::test_seven_alike_are_not_counted_out_on_the_scorecard")
def cards_tell_all(patch):
    """A scorecard opens to every input, however few they were (B13, B16)."""
    from supervision.queries import scorecards

    patch.setattr(scorecards, "veiled", lambda told, recipe, sources: told)


@breaks("supervision/test_veiled.py::test_a_small_panel_feeds_no_counts_into_a_card")
def cards_of_one_form(patch):
    """A panel's counts go into the score below the thresholds of its own page."""
    from evaluations.queries import polls

    patch.setattr(polls, "_known", lambda poll, rater_class, counts: {"questions": counts})


@breaks(f"{JOINT}::test_no_joint_round_of_a_thousand_trees_gives_a_merged_level_away")
def sum_of_everybody(patch):
    """The published sum counts those too whose pages hide which of two levels all gave (B12)."""
    from evaluations.queries import bulletins

    patch.setattr(bulletins, "is_unanimous", lambda counts: False)


@breaks(f"{JOINT}::test_what_is_published_of_a_named_round_tells_a_colleague_nothing")
def named_sums_published(patch):
    """A round by name is published like a sealed one: less his own sheet, a colleague reads the others'."""
    from evaluations.models import Round

    patch.setattr(Round, "is_sealed", property(lambda round: True))
