"""People with everything a card may show, in a constant number of statements."""

from django.db.models import Prefetch

from branches.models import Affiliation, Organisation, Person, Post, Role, Window
from pledges.models import Card, ZoneHolder
from pledges.queries.board import LEADING


def people_of(organisation, *, today, members_only=False):
    """Active people of the organisation and below, leaders first, then by name."""
    people = (
        Person.objects.in_organisation(organisation, today=today)
        .filter(is_active=True)
        .select_related("card")
        .prefetch_related(*_shown_with(today))
        .order_by("name_pinyin", "pk")
    )
    if members_only:
        people = people.filter(
            political_status__in=[Person.Political.MEMBER, Person.Political.PROBATIONARY]
        )
    return sorted(people, key=lambda person: not leads(person))


def person_with_card(pk, *, today):
    return Person.objects.select_related("card").prefetch_related(*_shown_with(today)).get(pk=pk)


def leads(person):
    """Secretaries, leaders and committee members go first (R10)."""
    return any(role.kind in LEADING for role in person.current_roles)


def card_of(person):
    """The person's own settings, or the defaults."""
    return getattr(person, "card", None) or Card(person=person)


def post_of(person):
    """Post at a window, else another post, else the role's or the party's title."""
    posts = sorted(person.current_posts, key=lambda post: (post.window_id is None, post.pk))
    if posts:
        return posts[0].title
    titles = (role.title for role in person.current_roles if role.title)
    return next(titles, person.party_position)


def units(organisation):
    """{path: name} of the 单位 in the tree; what a badge calls 单位 is the nearest of them above."""
    found = Organisation.objects.filter(
        kind=Organisation.Kind.UNIT, path__startswith=organisation.path[:4]
    )
    return dict(found.values_list("path", "name"))


def unit_of(person, named):
    stretch = next(iter(person.belonging), None)
    if stretch is None:
        return ""
    path = stretch.organisation.path
    above = [known for known in named if path.startswith(known)]
    return named[max(above, key=len)] if above else stretch.organisation.name


def windows_of(organisation, *, today):
    """Open windows of the organisation and below with the people who serve there."""
    posts = (
        Post.objects.current(today=today)
        .filter(person__is_active=True)
        .select_related("person", "cover")
        .order_by("pk")
    )
    return (
        Window.objects.open()
        .filter(organisation__path__startswith=organisation.path)
        .select_related("organisation")
        .prefetch_related(Prefetch("posts", posts, to_attr="staff"))
        .order_by("organisation__path", "number", "pk")
    )


def _shown_with(today):
    belonging = Affiliation.objects.current(today=today).select_related("organisation")
    posts = Post.objects.current(today=today).select_related("window").order_by("pk")
    roles = Role.objects.current(today=today).order_by("pk")
    zones = (
        ZoneHolder.objects.current(today=today)
        .filter(zone__ends_on=None)
        .select_related("zone")
        .order_by("pk")
    )
    return (
        Prefetch("affiliations", belonging, to_attr="belonging"),
        Prefetch("posts", posts, to_attr="current_posts"),
        Prefetch("roles", roles, to_attr="current_roles"),
        Prefetch("zone_holdings", zones, to_attr="current_zones"),
    )
