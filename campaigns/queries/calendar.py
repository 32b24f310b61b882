from campaigns.models import WorkdayException
from common.dates import is_weekday


def working_calendar():
    """`is_working_day(day)` by the stored holidays and make-up days; one query, then memory."""
    exceptions = dict(WorkdayException.objects.values_list("day", "is_working"))

    def is_working_day(day):
        return exceptions.get(day, is_weekday(day))

    return is_working_day
