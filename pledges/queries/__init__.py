from pledges.queries.board import (
    board_windows,
    figures_of,
    organisation_pledges,
    pledge_counts,
    window_pledges,
    window_staff,
)
from pledges.queries.faces import (
    Face,
    faces_of,
    member_facts,
    shown_photo,
)
from pledges.queries.parts import missing_parts, part_names, served_first, source_of, typed_parts
from pledges.queries.parts import parts_of as board_parts
from pledges.queries.people import (
    card_of,
    leads,
    people_of,
    person_with_card,
    post_of,
    unit_of,
    units,
    windows_of,
)
from pledges.queries.plan import (
    DEFAULT_ZONES,
    Printable,
    period_over,
    printables,
    zone_kinds,
)
from pledges.queries.pledge import people_to_pledge_for, waiting_for_review
from pledges.queries.prints import (
    PrintLine,
    may_still_show,
    newest_records,
    print_lines,
    recent_batches,
    versions_for,
)
from pledges.queries.wall import Slide, campaign_slides, organisation_slides, window_slides

__all__ = [
    "DEFAULT_ZONES",
    "Face",
    "PrintLine",
    "Printable",
    "Slide",
    "board_parts",
    "board_windows",
    "campaign_slides",
    "card_of",
    "faces_of",
    "figures_of",
    "leads",
    "may_still_show",
    "member_facts",
    "missing_parts",
    "newest_records",
    "organisation_pledges",
    "organisation_slides",
    "part_names",
    "people_of",
    "people_to_pledge_for",
    "period_over",
    "person_with_card",
    "pledge_counts",
    "post_of",
    "print_lines",
    "printables",
    "recent_batches",
    "served_first",
    "shown_photo",
    "source_of",
    "typed_parts",
    "unit_of",
    "units",
    "versions_for",
    "waiting_for_review",
    "window_pledges",
    "window_slides",
    "window_staff",
    "windows_of",
    "zone_kinds",
]
