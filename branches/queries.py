"""Reads across organisations, people, windows and roles."""

from collections import Counter

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from branches.models import (
    ActivationCode,
    Affiliation,
    Organisation,
    Person,
    Post,
    Role,
    Window,
    scope_paths,
    under,
)
from branches.permissions import KEEPERS, RULERS
from common.dates import add_months


def organisation_of(person, *, today):
    """Where the person belongs on the day; None after he left."""
    current = person.affiliations.current(today=today).select_related("organisation").first()
    return current.organisation if current else None


def with_belonging(people, *, today):
    """People with `belonging` (a list of at most one affiliation, with its organisation)."""
    current = Affiliation.objects.current(today=today).select_related("organisation")
    return people.prefetch_related(Prefetch("affiliations", current, to_attr="belonging"))


def roster(viewer, *, today):
    """Everybody the viewer may see, by name, with belonging, roles and posts for a list."""
    people = Person.objects.visible_to(viewer).order_by("name_pinyin", "pk")
    roles = Role.objects.current(today=today).select_related("organisation")
    posts = Post.objects.current(today=today).select_related("window")
    return with_belonging(people, today=today).prefetch_related(
        Prefetch("roles", roles, to_attr="current_roles"),
        Prefetch("posts", posts, to_attr="current_posts"),
    )


def members_of(organisation, *, today):
    """People who belong to this very organisation or below it, by name."""
    people = Person.objects.in_organisation(organisation, today=today)
    roles = Role.objects.current(today=today).select_related("organisation")
    posts = Post.objects.current(today=today).select_related("window")
    return (
        with_belonging(people, today=today)
        .prefetch_related(
            Prefetch("roles", roles, to_attr="current_roles"),
            Prefetch("posts", posts, to_attr="current_posts"),
        )
        .order_by("name_pinyin", "pk")
    )


def accounts_under(viewer, *, today):
    """People whose accounts or roles the viewer looks after; wider than the roster for administrators."""
    kinds = (*KEEPERS, "system_admin", "security_admin")
    affiliated = Affiliation.objects.current(today=today).filter(
        under(scope_paths(viewer, *kinds), "organisation__path")
    )
    people = Person.objects.filter(pk__in=affiliated.values("person"))
    roles = Role.objects.current(today=today).select_related("organisation")
    waiting = ActivationCode.objects.filter(person=OuterRef("pk"))
    return (
        with_belonging(people, today=today)
        .annotate(has_code=Exists(waiting))
        .prefetch_related(Prefetch("roles", roles, to_attr="current_roles"))
        .order_by("name_pinyin", "pk")
    )


def organisations_with_accounts(viewer):
    """Where the viewer may hand out slips."""
    paths = scope_paths(viewer, *KEEPERS, "system_admin")
    return Organisation.objects.active().filter(under(paths))


def never_activated(viewer, organisation, *, today):
    """People below the organisation whose account nobody has opened yet, by branch and name."""
    below = Affiliation.objects.current(today=today).filter(
        organisation__path__startswith=organisation.path
    )
    return (
        accounts_under(viewer, today=today)
        .filter(
            pk__in=below.values("person"),
            is_active=True,
            password__startswith=UNUSABLE_PASSWORD_PREFIX,
        )
        .order_by("name_pinyin", "pk")
    )


def probationers_kept_by(viewer, *, today):
    """Probationary members whose roster the viewer keeps; who joined first comes first."""
    kept = Affiliation.objects.current(today=today).filter(
        under(scope_paths(viewer, *KEEPERS), "organisation__path")
    )
    people = Person.objects.filter(
        pk__in=kept.values("person"), political_status=Person.Political.PROBATIONARY
    )
    return with_belonging(people, today=today).order_by(F("joined_on").asc(nulls_last=True), "pk")


def probation_ends_on(person):
    """A year after joining; None while the day is not known."""
    return person.joined_on and add_months(person.joined_on.replace(day=1), 12).replace(
        day=min(person.joined_on.day, 28)
    )


def ancestors_of(organisation):
    """From the root down to the parent."""
    step = Organisation.steplen
    above = [organisation.path[:end] for end in range(step, len(organisation.path), step)]
    return Organisation.objects.filter(path__in=above)


def secretaries_of(organisation, *, today):
    roles = Role.objects.current(today=today).filter(
        organisation=organisation, kind=Role.Kind.SECRETARY
    )
    return roles.select_related("person")


def tree_for(viewer, *, today):
    """Visible organisations in the tree's order, each with `level`, `headcount` and `window_count`."""
    nodes = list(Organisation.objects.visible_to(viewer).active().select_related("unit_type"))
    people = _counted(Affiliation.objects.current(today=today), nodes)
    windows = _counted(Window.objects.open(), nodes)
    top = min((node.depth for node in nodes), default=1)
    for node in nodes:
        node.level = node.depth - top
        node.headcount = _below(people, node)
        node.window_count = _below(windows, node)
    return nodes


def _counted(rows, nodes):
    return Counter(rows.filter(organisation__in=nodes).values_list("organisation__path", flat=True))


def _below(counter, node):
    return sum(count for path, count in counter.items() if path.startswith(node.path))


def organisations_ruled_by(person):
    """Where a ruler may move people and organisations to."""
    return Organisation.objects.active().filter(under(scope_paths(person, *RULERS)))


def organisations_kept_by(person):
    return Organisation.objects.active().filter(under(scope_paths(person, *KEEPERS)))


def roles_under(viewer, *, today):
    """Grants in the viewer's scope, whoever holds them, the present ones first."""
    scopes = under(scope_paths(viewer, *RULERS, "security_admin"), "organisation__path")
    roles = Role.objects.filter(scopes).select_related("person", "organisation", "granted_by")
    return roles.filter(Q(ends_on=None) | Q(ends_on__gte=today)).order_by(
        "organisation__path", "kind", "person__name_pinyin", "pk"
    )


def posts_at(window, *, today):
    posts = Post.objects.current(today=today).filter(window=window)
    return posts.select_related("person", "cover").order_by("person__name_pinyin", "pk")


def windows_inside(organisation, *, today):
    """Open windows of the organisation and below, each with `current_posts`."""
    posts = Post.objects.current(today=today).select_related("person")
    windows = Window.objects.open().filter(organisation__path__startswith=organisation.path)
    return windows.prefetch_related(Prefetch("posts", posts, to_attr="current_posts")).order_by(
        "organisation__path", "number", "name"
    )


def photo_is_open():
    """Q: the person agreed to the photo being public and is still with us."""
    return Q(photo_consented_at__isnull=False, is_active=True)


DEMO_ROLES = {
    "member": "党员",
    "member2": "党员（二）",
    "secretary": "支部书记",
    "leader": "领导",
    "committee": "党委",
    "inspector": "督查员",
}


def demo_accounts():
    """For the sign-in page of a local demonstration: accounts named <role>.<slug>, by slug."""
    names = Person.objects.filter(
        is_active=True, username__regex=rf"^({'|'.join(DEMO_ROLES)})\.[a-z0-9-]+$"
    ).values_list("username", flat=True)
    groups = {}
    for name in sorted(names, key=lambda name: list(DEMO_ROLES).index(name.split(".", 1)[0])):
        role, slug = name.split(".", 1)
        groups.setdefault(slug, []).append({"username": name, "label": DEMO_ROLES[role]})
    return [{"campaign": slug, "accounts": groups[slug]} for slug in sorted(groups)]
