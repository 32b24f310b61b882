"""The people from the street: they rate, write, wait for an answer, and some try to rate twice."""

from datetime import timedelta

from campaign_portal.demo.clock import midnight
from campaign_portal.demo.dice import dice
from campaign_portal.demo.words import comments as words
from evaluations.actions.codes import hash_receipt
from evaluations.actions.feedback import answer_feedback, judge_answer
from evaluations.actions.ratings import AlreadyRated, one_form, rate_window
from evaluations.models import Feedback

VISITS = 12  # a window and period
LEVELS = (60, 28, 6, 4, 2)  # best first, out of a hundred
SAYS = 0.15


def rate_windows(year, season):
    """Every window, on days spread over the period."""
    form = season.plan.questionnaire_for("public_rating")
    if form is None:
        return
    channels = [one.key for one in season.plan.channels]
    for _, window, _ in season.scene.windows:
        rng = dice(season.scene.cast.slug, season.number, "public", window.code)
        for number in range(VISITS):
            day = season.clock.day((number + 0.5) / VISITS)
            _rate(year, season, window, form, rng.choice(channels), rng, day, number)


def _rate(year, season, window, form, channel, rng, day, number):  # noqa: PLR0913 (one visit)
    place = rng.choices(range(5), LEVELS)[0]
    answers = {}
    for one in form.scale_questions:
        levels = season.plan.scale_of(one).levels
        answers[one.key] = levels[min(place, len(levels) - 1)].key
    is_bad = place >= 3
    trade = season.scene.cast.trade
    text = (
        rng.choice((words.BAD if is_bad else words.GOOD)[trade])[0] if rng.random() < SAYS else ""
    )
    nonce = f"{season.scene.cast.slug} {season.period.key} {window.code} {number}"
    sent = {
        "period": season.period, "window": window, "channel": channel, "answers": answers,
        "comment": text, "is_bad": is_bad, "once": one_form(nonce), "today": day,
    }  # fmt: skip
    receipt = rate_window(**sent)
    if number % 5 == 0:  # who presses twice, or replays a form
        year.tries("一张评价表计两次", lambda: rate_window(**sent) or True, AlreadyRated)
    if receipt:
        _follow(year, season, window, receipt, rng, day)


def _follow(year, season, window, receipt, rng, day):  # noqa: PLR0913 (one receipt's way)
    """The owner answers within some days; the sender says whether it helped, now and then not."""
    feedback = Feedback.objects.get(receipt_hash=hash_receipt(receipt))
    if rng.random() < 0.1:
        return  # waits, with an owner and a deadline
    by = feedback.owner or season.scene.committee
    for _ in range(2):
        day = min(day + timedelta(days=rng.randrange(2, 6)), year.last_day)
        at = midnight(day) + timedelta(hours=15)
        answer_feedback(feedback, answer="已经办好，向您道歉。", by=by, at=at, today=day)
        solved = rng.random() < 0.85
        feedback = judge_answer(feedback, solved=solved, note="", today=day)
        if solved:
            return
