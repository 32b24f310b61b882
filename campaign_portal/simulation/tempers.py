"""How people behave: most do their work in time, some late, some not at all, some move, some try what they may not."""

from campaign_portal.demo.dice import dice
from campaign_portal.demo.scene import UNTOUCHED

DILIGENT, LATE, ABSENT, MOVING, HOSTILE = "diligent", "late", "absent", "transferred", "hostile"
TEMPERS = (LATE, ABSENT, MOVING, HOSTILE)
SHARES = {DILIGENT: 74, LATE: 11, ABSENT: 5, MOVING: 5, HOSTILE: 5}


def deal(scene):
    """{person: temper}: who holds an office is diligent, of the others at least one of each kind."""
    rng = dice(scene.cast.slug, "tempers")
    plain = [player for player in scene.players if _is_plain(scene, player)]
    dealt = {player.person.pk: DILIGENT for player in scene.players}
    for number, player in enumerate(plain):
        drawn = rng.choices(list(SHARES), SHARES.values())[0]
        dealt[player.person.pk] = TEMPERS[number] if number < len(TEMPERS) else drawn
    return dealt


def _is_plain(scene, player):
    secretaries = {troupe.secretary.pk for troupe in scene.troupes}
    outside = {player.person.pk for player in scene.outsiders}
    office = player.seat.role or player.person.pk in secretaries | outside
    return player.is_member and not office and player.seat.account not in UNTOUCHED
