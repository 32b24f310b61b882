"""What each printed thing says today. A print whose face has another digest must be reprinted."""

from pledges.models import Pledge, Zone
from pledges.queries.board import approved_of
from pledges.queries.face import Face
from pledges.queries.parts import (
    missing_parts,
    part_names,
    parts_of,
    served_first,
    signed_texts,
)
from pledges.queries.people import card_of, people_of, post_of, unit_of, units, windows_of
from pledges.queries.plan import member_fields
from pledges.queries.shown_faces import SHOWN_FACES

BADGE_FIELDS = ("name", "unit", "post", "photo", "emblem")  # exactly these (L04)


def faces_of(printable, organisation, *, period, today):
    """Everything of this kind in the organisation and below; the number of statements is fixed."""
    return BUILDERS[printable.kind](printable, organisation, period, today)


def _of_people(printable, organisation, period, today):
    named = units(organisation)
    people = people_of(organisation, today=today, members_only=not printable.non_members)
    if printable.kind == "person_sign":
        people = [person for person in people if person.current_posts]
    heading = {"heading": period.campaign.organisation.name} if printable.kind == "badge" else {}
    fill = {"badge": _badge, "service_card": _service_card, "person_sign": _person_sign}
    if printable.kind == "person_sign":
        _sign_for(people, today)
    return [
        Face(
            kind=printable.kind,
            subject=f"person:{person.pk}",
            title=person.name,
            note=post_of(person),
            facts=fill[printable.kind](printable, person, unit_of(person, named)) | heading,
            person_id=person.pk,
            photos_of=(person.pk,) if shown_photo(person) else (),
            unseen=without_photo([person]) if "photo" in printable.fields else (),
        )
        for person in people
    ]


def _sign_for(people, today):
    """Each post gets the signed words of its window."""
    posts = [post for person in people for post in person.current_posts if post.window_id]
    texts = signed_texts({post.window_id for post in posts}, today=today)
    for post in posts:
        post.signed = texts.get(post.window_id)


def without_photo(people):
    """Those of whom no photo may be printed: none there, or no consent."""
    return tuple((person.pk, person.name) for person in people if not shown_photo(person))


def shown_photo(person):
    """The file's name while consent holds, else nothing: withdrawn means gone from new prints."""
    return person.photo.name if person.photo and person.photo_consented_at else ""


def _badge(printable, person, unit):
    wanted = [name for name in BADGE_FIELDS if name in printable.fields]
    return _chosen(wanted, person, unit) | {"qr": _address(person) if printable.qr else ""}


def _service_card(printable, person, unit):
    return _chosen(printable.fields, person, unit) | {
        "qr": _address(person) if printable.qr else ""
    }


def _chosen(wanted, person, unit):
    status = person.get_political_status_display() if person.is_party_member else ""
    can = {
        "name": person.name,
        "unit": unit,
        "post": post_of(person),
        "photo": shown_photo(person),
        "motto": person.motto,
        "phone": _phone(person),
        "party_member": status,
        "emblem": status,
        "duties": _duties(person),
        "zone": "、".join(holding.zone.name for holding in person.current_zones),
    }
    return {name: can[name] for name in wanted}


def _phone(person):
    """The counter's telephone; one's own only when one agreed to show it."""
    counters = (post.window.phone for post in person.current_posts if post.window)
    own = person.phone if card_of(person).shows_phone else ""
    return next((phone for phone in counters if phone), own)


def _address(person):
    """Where the code leads: rating one's window, else the board of one's organisation."""
    codes = [post.window.code for post in person.current_posts if post.window]
    if codes:
        return f"/r/{codes[0]}/"
    stretch = next(iter(person.belonging), None)
    return f"/board/{stretch.organisation.code}/" if stretch else ""


def _person_sign(printable, person, unit):
    posts = person.current_posts
    signed = (getattr(post, "signed", None) for post in posts)
    services = "\n".join(dict.fromkeys(text.services for text in signed if text))
    return {
        "name": person.name,
        "unit": unit,
        "post": post_of(person),
        "photo": shown_photo(person),
        "party": person.get_political_status_display() if person.is_party_member else "",
        "parts": _sign_parts(printable.lines, _duties(person), services),
        "qr": _address(person) if printable.qr else "",
    }


def _sign_parts(lines, duties, services):
    """The first line holds the duties, the second what is dealt with; more are left to be written in by hand."""
    known = dict(enumerate((duties, services)))
    parts = [[name, known.get(at, "")] for at, name in enumerate(lines)]
    return [part for at, part in enumerate(parts) if part[1] or at not in known] or parts


def _window_signs(printable, organisation, period, today):
    windows = list(windows_of(organisation, today=today))
    texts = signed_texts(windows, today=today)
    return [
        _window_face(printable, window, _window_sign(printable, window, texts.get(window.pk)))
        for window in windows
    ]


def _window_face(printable, window, facts, missing=()):
    return Face(
        kind=printable.kind,
        subject=f"window:{window.pk}",
        title=window.name,
        note=window.place,
        facts=facts,
        window_id=window.pk,
        photos_of=tuple(post.person_id for post in window.staff if shown_photo(post.person)),
        unseen=without_photo([post.person for post in window.staff])
        if printable.kind == "window_board"
        else (),
        missing=tuple(missing),
    )


def _window_sign(printable, window, text):
    duties = "\n".join(dict.fromkeys(post.duties for post in window.staff if post.duties))
    return {
        "name": window.name,
        "unit": window.organisation.name,
        "post": f"{window.number} 号窗口" if window.number else "",
        "photo": "",
        "party": "",
        "parts": _sign_parts(printable.lines, duties, text.services if text else ""),
        "qr": f"/r/{window.code}/",
    }


def _window_boards(printable, organisation, period, today):
    windows = list(windows_of(organisation, today=today))
    hung = _hung(windows, period)
    names = part_names([period.plan])
    texts = signed_texts(windows, today=today)
    return [
        _window_face(
            printable,
            window,
            _window_board(
                window,
                hung.get(window.pk, []),
                served_first(texts.get(window.pk), parts_of(window, names, texts.get(window.pk))),
            ),
            missing_parts(window, names, texts.get(window.pk)),
        )
        for window in windows
    ]


def _window_board(window, pledges, parts):
    return {
        "name": window.name,
        "unit": window.organisation.name,
        "place": " · ".join(part for part in (window.place, window.phone) if part),
        "hours": f"{window.opens_at:%H:%M}—{window.closes_at:%H:%M}"
        if window.opens_at and window.closes_at
        else "",
        "parts": [[part.name, part.text] for part in parts],
        "staff": [
            {
                "name": post.person.name,
                "post": post.title,
                "photo": shown_photo(post.person),
                "party": post.person.is_party_member,
            }
            for post in window.staff
        ],
        "pledges": pledges,
        "qr": f"/r/{window.code}/",
        "code": window.code,
    }


def _hung(windows, period):
    """{window: [[pledge, wording, target]]}: the windows' own published pledges."""
    pledges = Pledge.objects.public().filter(owner_window__in=windows, period=period)
    found = {}
    for pledge in approved_of(pledges.order_by("pk")):
        wording = pledge.approved
        found.setdefault(pledge.owner_window_id, []).append(
            [pledge.pk, wording.text, wording.target]
        )
    return found


def _member_board(printable, organisation, period, today):
    people = people_of(organisation, today=today, members_only=True)
    fields = member_fields([period.plan])
    facts = {
        "name": organisation.name,
        "motto": organisation.motto,
        "members": [member_facts(person, fields) for person in people],
        "qr": f"/board/{organisation.code}/",
    }
    face = Face(
        kind=printable.kind,
        subject=f"organisation:{organisation.pk}",
        title=organisation.name,
        note=f"{len(people)} 名党员",
        facts=facts,
        photos_of=tuple(person.pk for person in people if shown_photo(person)),
        unseen=without_photo(people) if asks_for(fields, "photo") else (),
        missing=() if people else ("党员",),
    )
    return [face]


def member_facts(person, fields):
    """What the public board says of one member: of what the plan asks, as far as the member lets it (L09).

    Empty `fields`: the plan leaves it open, and the member alone decides.
    """
    card = card_of(person)
    can = {
        "post": (True, post_of(person)),
        "photo": (True, shown_photo(person)),
        "party": (card.shows_party, person.get_political_status_display()),
        "motto": (card.shows_motto, person.motto),
        "duties": (card.shows_duties, _duties(person)),
        "joined": (
            card.shows_joined_on and person.joined_on,
            f"{person.joined_on:%Y}" if person.joined_on else "",
        ),
        "phone": (card.shows_phone, person.phone),
        "zones": (card.shows_zones, _zones(person)),
    }
    shown = {
        name: words if lets and asks_for(fields, name) else type(words)()
        for name, (lets, words) in can.items()
    }
    return {"id": person.pk, "name": person.name, **shown}


# what a board's line is called in the plans, where it is called otherwise
FIELD_OF = {
    "zones": {"zone"},
    "party": {"party_member", "emblem"},
    "joined": {"party_member", "emblem"},
}


def asks_for(fields, name):
    """Whether the plan's fields of the members' board hold this one; no fields hold all."""
    return not fields or bool(FIELD_OF.get(name, {name}) & set(fields))


def _duties(person):
    return "\n".join(post.duties for post in person.current_posts if post.duties)


def _zones(person):
    return [f"{holding.zone.kind} {holding.zone.name}" for holding in person.current_zones]


def _zone_signs(printable, organisation, period, today):
    zones = (
        Zone.objects.filter(ends_on=None, starts_on__lte=today)
        .filter(organisation__path__startswith=organisation.path)
        .select_related("organisation")
        .prefetch_related("holders__person")
        .order_by("organisation__path", "kind", "pk")
    )
    return [
        Face(
            kind=printable.kind,
            subject=f"zone:{zone.pk}",
            title=zone.name,
            note=zone.kind,
            facts={
                "kind": zone.kind,
                "name": zone.name,
                "unit": zone.organisation.name,
                "place": zone.place,
                "responsibility": zone.responsibility,
                "holders": [
                    holder.person.name for holder in zone.holders.all() if holder.ends_on is None
                ],
            },
        )
        for zone in zones
    ]


BUILDERS = SHOWN_FACES | {
    "badge": _of_people,
    "service_card": _of_people,
    "person_sign": _of_people,
    "window_sign": _window_signs,
    "window_board": _window_boards,
    "zone_sign": _zone_signs,
    "member_board": _member_board,
}
