"""What units show: lists for the office and for the public."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from branches.models import Organisation, Role, Window, scope_paths, under
from branches.models.scope import STEP
from pledges.models import (
    Brand,
    Bulletin,
    Plaque,
    PublishedHonour,
    ServiceItem,
    StandingText,
    Story,
    WindowText,
)
from pledges.models.window_text import OWN
from pledges.permissions.shown import APPROVERS, WRITERS
from pledges.queries.parts import part_names, source_of
from pledges.queries.plan import periods_over

# the word in the address -> what it is and the mechanism that a plan asks for it with
KINDS = {
    "item": (ServiceItem, "service_item"),
    "plaque": (Plaque, "plaque"),
    "story": (Story, "plaque"),
    "brand": (Brand, "service_brand"),
    "text": (StandingText, "register"),
    "bulletin": (Bulletin, "published_results"),
    "window": (WindowText, "identity_card"),
}
OWNERS = {
    "item": ("window",),
    "plaque": ("holder_person", "holder_window"),
    "story": ("person",),
    "bulletin": ("period",),
    "window": ("window__organisation",),
}


def kind_of(shown):
    return next(key for key, (model, _) in KINDS.items() if isinstance(shown, model))


def shown_rows(kind):
    """Rows of a kind with everything a list of them prints."""
    model, _ = KINDS[kind]
    return model.objects.select_related("organisation", *OWNERS.get(kind, ()))


def options_of(kind, organisation, *, today):
    """The scheme's settings for this kind over the organisation; None when no plan over it names it.

    Of several campaigns the first that names it.
    """
    for period in periods_over(organisation, today=today):
        if item := period.plan.item_with(KINDS[kind][1]):
            return item.options
    return None


def needs_approval(shown, *, today):
    """Whether the scheme wants a third signature (审批) before this is shown."""
    options = options_of(kind_of(shown), shown.organisation, today=today)
    return bool(getattr(options, "approval", False))


def waiting_for(person):
    """Everything that waits for this person's signature, oldest first; one query for each kind."""
    rows = []
    for kind in KINDS:
        rows += shown_rows(kind).filter(_to_sign(person))
    return sorted(rows, key=lambda shown: (shown.proposed_at, shown.pk))


def count_waiting(person):
    """(how many wait for this person's signature, since when the longest): one statement over all kinds."""
    rows = [
        model.objects.filter(_to_sign(person)).order_by().values_list("pk", "proposed_at")
        for model, *_ in KINDS.values()
    ]
    days = [proposed_at for _, proposed_at in rows[0].union(*rows[1:], all=True)]
    return len(days), min(days, default=None)


def _to_sign(person):
    checkers = scope_paths(person, "secretary", "committee", "office")
    approvers = scope_paths(person, "committee", "office")
    proposed = Q(state="proposed") & under(checkers, "organisation__path")
    checked = Q(state="checked") & under(approvers, "organisation__path") & ~Q(checked_by=person)
    return (proposed | checked) & ~Q(proposed_by=person)


def next_signers(shown, *, today):
    """Whom the next signature waits for: of those who may give it, the ones nearest to the unit."""
    path = shown.organisation.path
    above = [path[:end] for end in range(STEP, len(path) + 1, STEP)]
    kinds = WRITERS if shown.state == "proposed" else APPROVERS
    roles = (
        Role.objects.current(today=today)
        .filter(kind__in=kinds, organisation__path__in=above, person__is_active=True)
        .exclude(person__in=[shown.proposed_by_id, shown.checked_by_id or 0])
        .select_related("person", "organisation")
        .order_by("pk")
    )
    roles = list(roles)
    nearest = max((len(role.organisation.path) for role in roles), default=0)
    return list(
        {
            role.person.pk: role.person for role in roles if len(role.organisation.path) == nearest
        }.values()
    )


def writable_organisations(person):
    """Where this person may write what is shown."""
    scopes = scope_paths(person, "secretary", "committee", "office")
    return Organisation.objects.active().filter(under(scopes))


def typed_headings(window, *, today):
    """The plan's headings over a window that are neither facts nor texts every window has."""
    plans = [period.plan for period in periods_over(window.organisation, today=today)]
    return [name for name in part_names(plans) if not source_of(name)]


def own_drafts(kind, organisations, *, by):
    """What this person has written or imported and nobody has seen yet."""
    rows = shown_rows(kind).filter(state="draft", written_by=by, organisation__in=organisations)
    return rows.order_by("pk")


def wordless_windows(organisations):
    """Open windows to which a list brought words for the public, and nobody has begun to propose them."""
    brought = Q(*[~Q(**{name: ""}) for name in OWN], _connector=Q.OR)
    windows = Window.objects.open().filter(brought, organisation__in=organisations)
    begun = WindowText.objects.filter(window=OuterRef("pk"))
    return windows.filter(~Exists(begun)).select_related("organisation")


def first_text(window):
    """An unsaved draft with what a list brought in for the window."""
    brought = {name: getattr(window, name) for name in OWN}
    return WindowText(organisation=window.organisation, window=window, code=window.code, **brought)


def public_items(*, today, words="", window=None):
    """The cards that hang, found by a word of the matter, the unit or the basis."""
    items = ServiceItem.objects.public(today=today).select_related("organisation", "window")
    if window is not None:
        items = items.filter(
            Q(window=window) | Q(window=None, organisation_id=window.organisation_id)
        )
    for word in words.split()[:5]:
        items = items.filter(
            Q(matter__icontains=word)
            | Q(handler_unit__icontains=word)
            | Q(materials__icontains=word)
            | Q(procedure__icontains=word)
        )
    return items.order_by("organisation__path", "matter", "pk")


def public_bulletins(organisation, *, today, most=10):
    """Results and comments that hang for the organisation: its own, and those of the bodies above it."""
    above = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    return (
        Bulletin.objects.public(today=today)
        .filter(organisation__path__in=above)
        .order_by("-published_at", "-pk")[:most]
    )


@dataclass(frozen=True)
class Hung:
    """What a window's page says of a plaque or of an honour."""

    name: str
    code: str
    holder: str
    note: str
    criteria: str
    since_on: date


def window_honours(window, people, *, today, most=12):
    """(plaques, honours) of the window and of those who serve at it today; one statement (L21, L22)."""
    holder = Coalesce("holder_person__name", "holder_window__name", output_field=CharField())
    plaques = (
        Plaque.objects.public(today=today)
        .filter(Q(holder_window=window) | Q(holder_person__in=people))
        .order_by()
        .values_list(
            Value("plaque"), "name", "code", holder, Value(""), "criteria", "starts_on", "pk"
        )
    )
    holder = Coalesce("person__name", "window__name", output_field=CharField())
    honours = (
        PublishedHonour.objects.filter(Q(window=window) | Q(person__in=people))
        .order_by()
        .values_list(
            Value("title"), "name", Value(""), holder, "note", "criteria", "since_on", "pk"
        )
    )
    found = list(plaques.union(honours, all=True))
    hung = sorted((row for row in found if row[0] == "plaque"), key=lambda row: (row[1], row[7]))
    held = sorted(
        (row for row in found if row[0] == "title"), key=lambda row: row[6:], reverse=True
    )
    return [Hung(*row[1:7]) for row in hung], [Hung(*row[1:7]) for row in held[:most]]


def newest_by_code(kind, code):
    """What hangs under a public address: the live version, else the newest that ever hung; None when none did."""
    rows = shown_rows(kind).filter(
        code=code.upper(), visibility="public", published_at__isnull=False
    )
    return rows.order_by("-version").first()


def versions_of(shown):
    """All versions that were published, newest first."""
    model = type(shown)
    return model.objects.filter(code=shown.code, published_at__isnull=False).order_by("-version")


def standing_lines(organisation, kind, *, today):
    """Lines of the standards or phrases that hold for an organisation: its own and those above it."""
    above = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    texts = (
        StandingText.objects.public(today=today)
        .filter(kind=kind, organisation__path__in=above)
        .order_by("organisation__path", "title", "pk")
    )
    return [(text, line) for text in texts for line in text.lines]
