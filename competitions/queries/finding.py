"""Finding people, windows and branches by the names that others typed."""

from collections import defaultdict

from branches.models import Affiliation, Organisation, Window

KIND_NAMES = {"person": "人", "window": "窗口", "branch": "支部"}


def place_of(kind, subject, homes=None):
    """The organisation a subject counts for."""
    if kind == "person":
        return (homes or {})[subject.pk]
    return subject.organisation if kind == "window" else subject


UNITS = ("branch", "unit")  # what stands for a branch where a plan compares units


class Directory:
    """Everybody and everything of one kind below an organisation on a day, by name.

    `find("张三")` or, when two have that name, `find("张三（一支部）")`.
    """

    def __init__(self, kind, organisation, *, today):
        self.kind, self._found, self.places = kind, defaultdict(list), {}
        for name, subject, place in ROWS[kind](organisation, today):
            self.places[subject.pk] = place
            self._found[name].append(subject)
            for label in {place.label, place.name}:
                self._found[f"{name}({label})"].append(subject)

    def find(self, text):
        """(subject, "") or (None, why not, in Chinese)."""
        name = text.strip().replace("（", "(").replace("）", ")")
        found = list(dict.fromkeys(self._found.get(name, ())))
        if len(found) == 1:
            return found[0], ""
        noun = KIND_NAMES[self.kind]
        if found:
            return None, f"有 {len(found)} 个{noun}叫“{name[:40]}”，请写成“{name[:40]}（支部名）”"
        return None, f"没有名为“{name[:40]}”的{noun}，或不在本次范围内"

    def everybody(self):
        """Each subject once, in the order of the tree."""
        seen = {}
        for subjects in self._found.values():
            for subject in subjects:
                seen.setdefault(subject.pk, subject)
        return list(seen.values())


def _people(organisation, today):
    rows = (
        Affiliation.objects.current(today=today)
        .filter(organisation__path__startswith=organisation.path)
        .select_related("person", "organisation")
        .order_by("organisation__path", "person__name_pinyin", "person")
    )
    return [(row.person.name, row.person, row.organisation) for row in rows]


def _windows(organisation, today):
    rows = Window.objects.open().filter(organisation__path__startswith=organisation.path)
    rows = rows.select_related("organisation").order_by("organisation__path", "number", "pk")
    return [(row.name, row, row.organisation) for row in rows]


def _branches(organisation, today):
    rows = list(Organisation.objects.active().below(organisation).filter(kind__in=UNITS))
    return [(row.name, row, row) for row in rows] + [
        (row.short_name, row, row) for row in rows if row.short_name and row.short_name != row.name
    ]


ROWS = {"person": _people, "window": _windows, "branch": _branches}
