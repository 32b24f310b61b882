"""What the plan over an organisation asks to be shown: the settings of its cards and signs."""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from branches.models.scope import STEP
from campaigns.models import Period
from campaigns.models.document.mechanisms import DutySignSettings, IdentityCardSettings

# what a plan's card may be made as -> the things that are printed for it
PRINTED_AS = {
    "badge": ("badge",),
    "service_card": ("service_card",),
    "desk_sign": ("person_sign", "window_sign"),
    "zone": ("zone_sign",),
    "board": ("window_board", "member_board"),
}
# what a unit shows in public -> the thing that is printed of it
SHOWN_AS = {"service_item": "item_card", "published_results": "result_board"}
DEFAULT_ZONES = ("责任区", "示范岗")  # where no plan names its own
SIGN_LINES = ("主要职责", "受理的主要项目")


@dataclass(frozen=True)
class Printable:
    """One kind of printed thing as the plan wants it."""

    kind: str
    fields: tuple[str, ...] = ()
    qr: bool = True
    non_members: bool = False
    lines: tuple[str, ...] = SIGN_LINES


def periods_over(organisation, *, today):
    """Of each campaign that runs over this organisation its running period, or its newest.

    The campaign begun first stands first and stays there when another begins. When none runs, of the one that ended last.
    """
    above = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    later = Period.objects.filter(
        campaign=OuterRef("campaign"), starts_on__lte=today, starts_on__gt=OuterRef("starts_on")
    )
    periods = list(
        Period.objects.filter(
            ~Exists(later), campaign__organisation__path__in=above, starts_on__lte=today
        )
        .select_related("campaign", "campaign__organisation", "scheme_version")
        .order_by("campaign__starts_on", "campaign", "pk")
    )
    running = [period for period in periods if period.campaign.runs_on(today)]
    return running or sorted(periods, key=lambda period: period.campaign.ends_on)[-1:]


def period_of(periods, campaign_id):
    """The chosen campaign's, or the first where none was chosen; None when the chosen one is over."""
    wanted = (one for one in periods if campaign_id in {None, one.campaign_id})
    return next(wanted, None)


def period_over(organisation, *, today):
    """The first of `periods_over`: whose settings hold where only one campaign's can."""
    return next(iter(periods_over(organisation, today=today)), None)


def printables(plan):
    """{kind: Printable} in the plan's order: what it does not ask for is not offered."""
    found = {}
    for item in plan.items():
        if not item.mechanism or not plan.is_built(item):
            continue
        if isinstance(item.options, IdentityCardSettings):
            for kind in (kind for form in item.options.forms for kind in PRINTED_AS.get(form, ())):
                found[kind] = _with(found.get(kind), _card(kind, item.options))
        elif isinstance(item.options, DutySignSettings):
            for mode in item.options.modes:
                lines = (*item.options.fields, *SIGN_LINES[len(item.options.fields) :])
                kind = f"{mode}_sign"
                found[kind] = Printable(kind, fields=("name", "unit", "post", "photo"), lines=lines)
        elif item.mechanism in SHOWN_AS:
            kind = SHOWN_AS[item.mechanism]
            found[kind] = Printable(kind)
    return found


def zone_kinds(plans):
    """The plans' own words for zones and posts of responsibility (L08)."""
    named = (
        name
        for plan in plans
        for item in plan.items_with("identity_card")
        for name in getattr(item.options, "zones", ())
    )
    return tuple(dict.fromkeys(named))


def member_fields(plans):
    """What the plans want on the members' board (L09); empty when one of them leaves it open."""
    boards = [
        item.options
        for plan in plans
        for item in plan.items_with("identity_card")
        if {"board", "screen"} & set(item.options.forms)
    ]
    if any("fields" not in options.model_fields_set for options in boards):
        return ()
    return tuple(dict.fromkeys(name for options in boards for name in options.fields))


def _with(earlier, printable):
    """Two items of one plan that ask for the same thing: it shows what each of them asks."""
    if earlier is None:
        return printable
    return replace(
        printable,
        fields=tuple(dict.fromkeys((*earlier.fields, *printable.fields))),
        qr=earlier.qr or printable.qr,
        non_members=earlier.non_members or printable.non_members,
    )


def _card(kind, options):
    return Printable(
        kind,
        fields=tuple(options.fields),
        qr=options.qr,
        non_members=options.non_members,
    )
