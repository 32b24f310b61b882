"""Cards shown, of cards begun: what a recipe gets for windows and branches."""

from supervision.queries.inputs import PLAIN
from tests.factories import ServiceItemFactory


def test_a_card_counts_once_however_many_versions_and_a_taken_down_one_not_at_all(world):
    window = {"organisation": world.north, "window": world.window}
    ServiceItemFactory(**window, live=True, code="CARDA")
    ServiceItemFactory(**window, code="CARDA", version=2)
    ServiceItemFactory(**window, code="CARDB")
    gone = ServiceItemFactory(**window, live=True, code="CARDC")
    type(gone).objects.filter(pk=gone.pk).update(
        state="down", down_at=gone.published_at, down_reason="停办"
    )

    assert PLAIN["service_items"](world.period, "window") == {
        world.window.pk: {"done": 1, "total": 2}
    }
    assert PLAIN["service_items"](world.period, "branch") == {
        world.north.pk: {"done": 1, "total": 2}
    }
    assert PLAIN["service_items"](world.period, "person") == {}
