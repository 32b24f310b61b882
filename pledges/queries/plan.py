"""What the plan over an organisation asks to be shown: the settings of its cards and signs."""

from dataclasses import dataclass

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


def period_over(organisation, *, today):
    """The period that is running over this organisation, or the newest that ran."""
    above = [organisation.path[:end] for end in range(4, len(organisation.path) + 1, 4)]
    return (
        Period.objects.filter(campaign__organisation__path__in=above, starts_on__lte=today)
        .select_related("campaign", "campaign__organisation", "scheme_version")
        .order_by("-starts_on", "-pk")
        .first()
    )


def printables(plan):
    """{kind: Printable} in the plan's order: what it does not ask for is not offered."""
    found = {}
    for item in plan.items():
        if not item.mechanism or not plan.is_built(item):
            continue
        if isinstance(item.options, IdentityCardSettings):
            for kind in (kind for form in item.options.forms for kind in PRINTED_AS.get(form, ())):
                found.setdefault(kind, _card(kind, item.options))
        elif isinstance(item.options, DutySignSettings):
            for mode in item.options.modes:
                lines = (*item.options.fields, *SIGN_LINES[len(item.options.fields) :])
                kind = f"{mode}_sign"
                found[kind] = Printable(kind, fields=("name", "unit", "post", "photo"), lines=lines)
        elif item.mechanism in SHOWN_AS:
            kind = SHOWN_AS[item.mechanism]
            found[kind] = Printable(kind)
    return found


def zone_kinds(plan):
    """The plan's own words for zones and posts of responsibility (L08)."""
    named = (
        name
        for item in plan.items_with("identity_card")
        for name in getattr(item.options, "zones", ())
    )
    return tuple(dict.fromkeys(named))


def _card(kind, options):
    return Printable(
        kind,
        fields=tuple(options.fields),
        qr=options.qr,
        non_members=options.non_members,
    )
