from django.db import transaction

from common import audit


@transaction.atomic
def add_workday_exception(day, *, by, at):
    day.save()
    audit.record("安排节假日", day, by=by, at=at, detail={"上班": day.is_working})
    return day


@transaction.atomic
def remove_workday_exception(day, *, by, at):
    audit.record("删去节假日安排", day, by=by, at=at, detail={"上班": day.is_working})
    day.delete()
