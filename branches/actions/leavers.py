"""What is emptied when somebody has been gone long enough (I5): results keep the name, nothing else of the person."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from branches.actions.photos import drop_file
from branches.models import Affiliation, CorrectionRequest, Person, Role
from common import audit
from common.models import Notice
from common.personal import CLEARED, LEAVERS_KEPT_YEARS, texts_of_leavers

EMPTIED = (
    "work_no", "gender", "ethnicity", "education", "birth_on", "birth_precision", "joined_on", "joined_precision",
    "regular_on", "regular_precision", "party_position", "phone", "email", "motto", "photo", "photo_consented_at",
    "id_number_sealed", "id_number_hash", "last_login", "password_changed_at",
)  # fmt: skip
A_ROUND = 50


def leavers_due(*, today):
    """Closed accounts whose last belonging and last role ended long enough ago, and who still hold something."""
    last = years_before(today, LEAVERS_KEPT_YEARS)
    still = Q(ends_on=None) | Q(ends_on__gt=last)
    mine = {"person": OuterRef("pk")}
    return Person.objects.filter(
        _holding(),
        Exists(Affiliation.objects.filter(**mine)),
        ~Exists(Affiliation.objects.filter(still, **mine)),
        ~Exists(Role.objects.filter(still, **mine)),
        is_active=False,
    ).order_by("pk")


def purge_leavers(*, at):
    """The sweeper's step: some each time; what an interrupted run left over is found by the next one."""
    today = timezone.localdate(at)
    return sum(
        purge_leaver(pk, today=today, by=None, at=at)
        for pk in leavers_due(today=today).values_list("pk", flat=True)[:A_ROUND]
    )


@transaction.atomic
def purge_leaver(pk, *, today, by, at):
    """False when nothing is due, also when somebody else was faster or the person is back."""
    person = Person.objects.select_for_update().filter(pk=pk).first()
    if person is None or not leavers_due(today=today).filter(pk=pk).exists():
        return False
    emptied = _empty(person)
    corrections = person.corrections.exclude(wanted=CLEARED).update(wanted=CLEARED, answer="")
    notices, _ = Notice.objects.filter(recipient=person).delete()
    texts = sum(
        _texts(model, whose, values, pk).update(**values)
        for model, whose, values in texts_of_leavers()
    )
    detail = {"fields": emptied, "corrections": corrections, "notices": notices, "texts": texts}
    audit.record("清除离开人员资料", person, by=by, at=at, path=_last_path(person), detail=detail)
    return True


def years_before(day, years):
    """The same day so many years ago; of a 29 February, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _empty_of(name):
    return None if Person._meta.get_field(name).null else ""


def _holding():
    """Q: something of EMPTIED, a password, a request for correction or a message is still there."""
    held = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    for name in EMPTIED:
        held |= ~Q(**{name: _empty_of(name)})
    asked = CorrectionRequest.objects.filter(person=OuterRef("pk")).exclude(wanted=CLEARED)
    told = Notice.objects.filter(recipient=OuterRef("pk"))
    for kind in texts_of_leavers():
        held |= Exists(_texts(*kind, OuterRef("pk")))
    return held | Exists(asked) | Exists(told)


def _texts(model, whose, values, pk):
    """Rows of one kind that somebody wrote for himself and that still hold something."""
    return model.objects.filter(**{whose: pk}).exclude(**values)


def _empty(person):
    """Names of what was emptied. The audit gets no more than these."""
    drop_file(person)
    emptied = [name for name in EMPTIED if getattr(person, name)]
    for name in emptied:
        setattr(person, name, _empty_of(name))
    if person.has_usable_password():
        person.set_unusable_password()
        emptied.append("password")
    person.save(update_fields=emptied)
    return emptied


def _last_path(person):
    last = person.affiliations.select_related("organisation").order_by("-ends_on", "-pk").first()
    return last.organisation.path
