from django import template

from branches.models import Person

register = template.Library()
NEVER = "—"


@register.filter
def partial_date(value, precision):
    """1984年5月 when only the month is known; old records often say no more."""
    if not value:
        return NEVER
    if precision == Person.Precision.YEAR:
        return f"{value.year}年"
    if precision == Person.Precision.MONTH:
        return f"{value.year}年{value.month}月"
    return f"{value.year}年{value.month}月{value.day}日"
