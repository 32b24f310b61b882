"""Organisations, people, posts, roles and windows, made by the real actions."""

from datetime import date, time, timedelta
from itertools import cycle

from branches.actions import add_organisation, add_person, add_post, add_window, grant_role
from branches.models import Person, Post, UnitType
from campaign_portal.demo.casts.model import MEMBER, STAFF
from campaign_portal.demo.dice import between, dice
from campaign_portal.demo.scene import Player, Scene, Troupe
from campaign_portal.demo.words import names

DIGITS = "23456789"
FLOW = "取号\n窗口受理\n审核办理\n领取结果"


def build_scene(cast, plan, *, password, starts_on, at):
    """Everything of a campaign that stands before it begins."""
    types = _unit_types(plan)
    root = add_organisation(
        parent=None, name=cast.root_name, code=cast.prefix, kind=cast.root_kind,
        domain=cast.domain, founded_on=date(2003, 7, 1), by=None, at=at,
    )  # fmt: skip
    scene = Scene(cast, root)
    invent = _Inventor(cast, password=password, starts_on=starts_on, at=at)
    for number, branch in enumerate(cast.branches, 1):
        organisation = add_organisation(
            parent=root, name=branch.name, short_name=branch.short_name, kind="branch",
            code=f"{cast.prefix}-Z{number}", unit_type=types[branch.unit_type],
            domain=cast.domain, motto=branch.motto, founded_on=date(2011, 7, 1), by=None, at=at,
        )  # fmt: skip
        troupe = Troupe(branch, organisation)
        _furnish(troupe, scene, at=at)
        troupe.players = [invent.player(seat, organisation) for seat in branch.seats]
        _seat(troupe, starts_on=starts_on, at=at)
        scene.troupes.append(troupe)
    for number, name in enumerate(cast.offices, 1):
        add_organisation(
            parent=root,
            name=name,
            code=f"{cast.prefix}-K{number}",
            kind="department",
            by=None,
            at=at,
        )
    scene.outsiders = [invent.outsider(seat) for seat in cast.outsiders]
    _grant(scene, starts_on=starts_on, at=at)
    return scene


def _unit_types(plan):
    return {
        part.key: UnitType.objects.get_or_create(key=part.key, defaults={"name": part.name})[0]
        for part in plan.unit_types
    }


def _furnish(troupe, scene, *, at):
    """The branch's windows; codes such as GYCK22 can be read out over the telephone."""
    for counter in troupe.branch.counters:
        number = len(scene.windows) + len(troupe.windows) + 1
        window = add_window(
            organisation=troupe.organisation,
            name=counter.name,
            number=str(number),
            code=f"{scene.cast.prefix}CK{_short(number)}",
            place=counter.place,
            phone=f"内线 6{number:02}0",
            services=counter.services,
            procedure=counter.procedure,
            flow=FLOW,
            opens_at=time(8, 30),
            closes_at=time(17, 30),
            by=None,
            at=at,
        )
        troupe.windows.append((window, counter))


def _short(number):
    """22 to 29, 32 to 99, then three signs: no digit that is misheard."""
    rest, signs = number - 1, ""
    while rest or len(signs) < 2:
        rest, place = divmod(rest, len(DIGITS))
        signs = DIGITS[place] + signs
    return signs


def _seat(troupe, *, starts_on, at):
    """Posts at the counters (with a B 岗 where there are two) and behind them."""
    since = starts_on - timedelta(days=200)
    plain = []
    for player in troupe.players:
        seat = player.seat
        if not seat.window:
            plain.append(
                Post(
                    person=player.person, organisation=troupe.organisation, title=seat.title,
                    duties=seat.duties, starts_on=since,
                )
            )  # fmt: skip
            continue
        mates = [one for one in troupe.players if one.seat.window == seat.window and one != player]
        add_post(
            person=player.person, window=troupe.windows[seat.window - 1][0], title=seat.title,
            duties=seat.duties, cover=mates[0].person if mates else None, starts_on=since,
            by=None, at=at,
        )  # fmt: skip
    Post.objects.bulk_create(plain)


def _grant(scene, *, starts_on, at):
    term = {"starts_on": starts_on - timedelta(days=150), "by": None, "at": at}
    for troupe in scene.troupes:
        grant_role(
            troupe.secretary, kind="secretary", organisation=troupe.organisation,
            title="党支部书记", **term,
        )  # fmt: skip
    for player in scene.players:
        if player.seat.role:
            title = player.seat.role_title
            grant_role(
                player.person, kind=player.seat.role, organisation=scene.root, title=title, **term
            )


class _Inventor:
    """Makes people up: the same ones each time."""

    def __init__(self, cast, *, password, starts_on, at):
        self.cast, self.password, self.starts_on, self.at = cast, password, starts_on, at
        self.rng = dice("people", cast.slug)
        self.surnames = cycle(self.rng.sample(names.SURNAMES, 60))
        self.women = cycle(self.rng.sample(names.WOMEN, len(names.WOMEN)))
        self.men = cycle(self.rng.sample(names.MEN, len(names.MEN)))
        self.mottoes = self.rng.sample(names.MOTTOES, len(names.MOTTOES))
        self.count = 0

    def player(self, seat, organisation):
        fields = self._fields(seat)
        person = add_person(
            organisation=organisation,
            starts_on=self.starts_on - timedelta(days=self.rng.randrange(300, 3000)),
            by=None,
            at=self.at,
            **fields,
        )
        return self._with_password(person, seat)

    def outsider(self, seat):
        """Somebody with a role and no branch, such as an invited supervisor (R06)."""
        fields = {"username": f"{self.cast.slug}.{self.count}", **self._fields(seat)}
        fields |= {"political_status": Person.Political.MASSES, "joined_on": None, "work_no": ""}
        return self._with_password(Person(**fields), seat)

    def _with_password(self, person, seat):
        person.password = self.password  # with no date of change it never has to be changed
        person.save()
        return Player(person, seat, talent=between(self.rng, 0.35, 1.0))

    def _fields(self, seat):
        rng = self.rng
        self.count += 1
        woman = rng.random() < 0.48
        birth = date(rng.randrange(1968, 2000), rng.randrange(1, 13), 1)
        fields = {
            "name": next(self.surnames) + next(self.women if woman else self.men),
            "gender": Person.Gender.FEMALE if woman else Person.Gender.MALE,
            "ethnicity": rng.choice(names.ETHNICITIES),
            "education": rng.choice(names.EDUCATIONS),
            "political_status": seat.status,
            "birth_on": birth,
            "birth_precision": "month",
            "work_no": f"{self.cast.prefix}{self.count:03}",
            "motto": self.mottoes[self.count % len(self.mottoes)],
        }
        if seat.status == STAFF and birth.year > 1996:
            fields["political_status"] = Person.Political.LEAGUE
        if seat.account:
            fields["username"] = f"{seat.account}.{self.cast.slug}"
        return fields | self._party(seat, birth)

    def _party(self, seat, birth):
        """When he joined; who has not become a full member yet joined lately."""
        if seat.status == STAFF:
            return {}
        if seat.status != MEMBER:
            return {"joined_on": self.starts_on - timedelta(days=60), "joined_precision": "day"}
        joined = birth.replace(year=min(birth.year + self.rng.randrange(22, 32), 2023), day=1)
        return {
            "joined_on": joined,
            "joined_precision": "month",
            "regular_on": joined.replace(year=joined.year + 1),
            "regular_precision": "month",
        }
