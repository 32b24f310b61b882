"""Whose pledge it is: the choices a writer has, and back from the chosen value to the row."""

from branches.models import Affiliation, Organisation, Person, Window, scope_paths, under
from pledges.queries import people_to_pledge_for


def owner_choices(person, pledge, *, today):
    """[(value, label)] such as ("person:7", "我自己"), of the plan's kinds; a pledge that has an owner keeps it."""
    if pledge.pk:
        return [(_value(pledge), str(pledge.owner))]
    wanted = pledge.period.plan.pledge_owners()
    return [
        (value, label)
        for value, label in _all_choices(person, today=today)
        if value.split(":")[0] in wanted
    ]


def _all_choices(person, *, today):
    choices = []
    if Affiliation.objects.current(today=today).filter(person=person).exists():
        choices.append((f"person:{person.pk}", "我自己"))
    scopes = scope_paths(person, "secretary")
    for branch in Organisation.objects.active().filter(under(scopes)).branches():
        choices.append((f"branch:{branch.pk}", f"支部：{branch}"))
        for member in people_to_pledge_for(branch, today=today).exclude(pk=person.pk):
            choices.append((f"person:{member.pk}", f"代 {member} 填写"))
    for window in Window.objects.open().filter(under(scopes, "organisation__path")):
        choices.append((f"window:{window.pk}", f"窗口：{window}"))
    return choices


def owner_value(pledge, request):
    """The choice to start with: the owner there is, what the link asks for, or oneself."""
    if pledge.pk:
        return _value(pledge)
    return request.GET.get("for") or f"person:{request.user.pk}"


def apply_owner(pledge, value, *, today):
    """Set owner and board of a new pledge. `value` was checked against the choices by the form."""
    if pledge.pk:
        return
    kind, number = value.split(":")
    if kind == "window":
        pledge.owner_window = Window.objects.select_related("organisation").get(pk=number)
        pledge.organisation = pledge.owner_window.organisation
    elif kind == "branch":
        pledge.owner_organisation = pledge.organisation = Organisation.objects.get(pk=number)
    else:
        pledge.owner_person = Person.objects.get(pk=number)
        current = Affiliation.objects.current(today=today).select_related("organisation")
        pledge.organisation = current.get(person=number).organisation


def _value(pledge):
    return f"{pledge.owner_kind}:{pledge.owner.pk}"
