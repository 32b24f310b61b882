"""Reviews by name, the ledger, pledges: not oneself, not secretly, not back in time."""

from tests.mutants.table import breaks

REVIEW = "evaluations/test_review_write.py"
LEDGER = "supervision/test_ledger.py"


@breaks(f"{REVIEW}::test_who_is_refused[secretary-branch-secretary-403]")
def reviews_himself(patch):
    from evaluations.views import review

    real = review.can_write_review
    patch.setattr(
        review,
        "can_write_review",
        lambda person, about, kind: person.pk == about.pk or real(person, about, kind),
    )


@breaks("evaluations/test_appraisal.py::test_nobody_grades_himself")
def grades_himself(patch):
    """The form offers oneself too, and the deed is put down to somebody else."""
    from branches.models import Person
    from evaluations.views import appraisal

    form, decide = appraisal.AppraisalForm, appraisal.actions.decide_grades
    secretaries = Person.objects.filter(roles__kind="secretary")
    patch.setattr(
        appraisal,
        "AppraisalForm",
        lambda data, *, people, **more: form(data, people=[*people, *secretaries], **more),
    )
    patch.setattr(
        appraisal.actions,
        "decide_grades",
        lambda *place, by, **more: decide(*place, by=Person.objects.exclude(pk=by.pk)[0], **more),
    )


@breaks(f"{LEDGER}::test_the_fixer_cannot_sign_off")
def signs_off_himself(patch):
    from supervision.actions import rectifications

    def sign_off(item, *, passed, note, by, at):
        held = rectifications.held_item(item, "reported")
        held.state, held.signed_off_at = "signed_off", at
        held.save(update_fields=["state", "signed_off_at"])

    from supervision.views import ledger

    for module in (rectifications, ledger.actions):
        patch.setattr(module, "sign_off_rectification", sign_off)


@breaks("evaluations/test_review_late.py::test_a_review_after_the_end_says_so_and_keeps_saying_it")
def late_is_in_time(patch):
    from evaluations.models import Review

    real = Review.__init__

    def init(review, *args, **values):
        real(review, *args, **(values | {"is_late": False} if values else values))

    patch.setattr(Review, "__init__", init)


@breaks("evaluations/test_review_write.py::test_the_servers_clock_says_when_it_was_written")
def time_from_the_form(patch):
    """What the form says about when it was written is believed (D7)."""
    from datetime import datetime

    from evaluations.views import review

    real = review._write

    def write(request, form, person, period, kind):
        posted = request.POST.get("written_at")
        clock = review.timezone
        if posted:
            review.timezone = type("Clock", (), {"now": lambda: datetime.fromisoformat(posted)})
        try:
            return real(request, form, person, period, kind)
        finally:
            review.timezone = clock

    patch.setattr(review, "_write", write)


@breaks("evaluations/test_review_write.py::test_copied_texts_are_pointed_out")
def copies_pass(patch):
    from evaluations.actions import reviews

    patch.setattr(reviews, "identical_texts", lambda review: 0)


@breaks(
    "pledges/test_pledge_revise.py::test_public_reads_the_old_wording_until_the_new_one_is_approved"
)
def quiet_revision(patch):
    """A published pledge is simply overwritten (D6)."""
    from pledges.models import PledgeVersion

    patch.setattr(PledgeVersion.objects, "create", lambda **values: None)


@breaks(f"{LEDGER}::test_an_extension_is_reasoned_and_the_first_deadline_kept")
def first_deadline_moves(patch):
    """An extension looks as if it had always been so (D12)."""
    from supervision.models import Rectification

    real = Rectification.save

    def save(item, *args, **options):
        item.first_due_on = item.due_on
        if options.get("update_fields"):
            options["update_fields"] = [*options["update_fields"], "first_due_on"]
        return real(item, *args, **options)

    patch.setattr(Rectification, "save", save)


@breaks("campaigns/test_make_duties.py::test_working_days_are_those_of_the_stored_calendar")
def weekdays_only(patch):
    """Holidays are working days like any other (D12)."""
    from campaigns.actions import making
    from common.dates import is_weekday

    patch.setattr(making, "working_calendar", lambda: is_weekday)


@breaks("supervision/test_nothing_is_deleted.py::test_no_page_deletes_what_was_done")
def deletes(patch):
    """A DELETE to the page of a ledger item takes its history away (D5)."""
    from django.http import HttpResponse

    from supervision import urls
    from supervision.models import Step

    page = next(one for one in urls.urlpatterns if one.name == "ledger_detail")
    shown = page.callback

    def detail(request, pk):
        if request.method != "DELETE":
            return shown(request, pk=pk)
        Step.objects.filter(item=pk).delete()
        return HttpResponse(status=204)

    patch.setattr(page, "callback", detail)


@breaks(
    "competitions/test_selection_oneself.py::test_the_list_with_oneself_on_it_is_made_public_by_another",
    "competitions/test_selection_oneself.py::test_nor_is_it_decided_or_defended_by_oneself",
)
def honours_himself(patch):
    from competitions.actions import selections

    patch.setattr(selections, "_refuse_oneself", lambda chosen, by, deed: None)
