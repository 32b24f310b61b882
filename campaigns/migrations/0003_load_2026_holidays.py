"""The holidays of 2026 in mainland China, as the State Council announced them; editable afterwards.

Only days that differ from their weekday: holidays on Monday to Friday, weekends worked instead.
"""

from datetime import date

from django.db import migrations

HOLIDAYS = {
    "元旦": [(1, 1), (1, 2)],
    "春节": [(2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (2, 23)],
    "清明节": [(4, 6)],
    "劳动节": [(5, 1), (5, 4), (5, 5)],
    "端午节": [(6, 19)],
    "中秋节": [(9, 25)],
    "国庆节": [(10, 1), (10, 2), (10, 5), (10, 6), (10, 7)],
}
WORKED = {
    "元旦": [(1, 4)],
    "春节": [(2, 14), (2, 28)],
    "劳动节": [(5, 9)],
    "国庆节": [(9, 20), (10, 10)],
}


def load(apps, schema_editor):
    exception = apps.get_model("campaigns", "WorkdayException")
    rows = [(day, False, name) for name, days in HOLIDAYS.items() for day in days]
    rows += [(day, True, f"{name}调休上班") for name, days in WORKED.items() for day in days]
    exception.objects.bulk_create(
        exception(day=date(2026, *day), is_working=is_working, name=name)
        for day, is_working, name in rows
    )


def unload(apps, schema_editor):
    apps.get_model("campaigns", "WorkdayException").objects.filter(day__year=2026).delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_add_workday_exceptions")]

    operations = [migrations.RunPython(load, unload)]
