"""What the portal stores about people, told by each app in its `models/inventory.py` (PIPL 17).

An inventory has a TITLE, KEPT (a line for each kind of thing that is kept) and NOTHING_PERSONAL (model -> why
it says nothing about anybody). A model of a library is written with its app, as "sessions.Session".
"""

from importlib import import_module
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.module_loading import module_has_submodule

# With everything, so that results can be checked; then `branches.actions.leavers` empties the fields (I5).
LEAVERS_KEPT_YEARS = 2
CLEARED = "已清除"
AFTER_LEAVING = f"离开满 {LEAVERS_KEPT_YEARS} 年后清除"


class Kept(NamedTuple):
    """Fields of one model that serve one purpose."""

    model: str
    fields: str
    label: str
    why: str
    seen_by: str
    until: str


class Inventory(NamedTuple):
    app: str
    title: str
    kept: tuple[Kept, ...]
    nothing_personal: dict[str, str]
    # What somebody wrote for himself: model -> (whose, what its fields hold once he is long gone).
    leaving: dict[str, tuple[str, dict[str, Any]]]

    def fields_of(self) -> list[tuple[str, str]]:
        """(label of the model, field) of everything listed as personal."""
        return [
            (self.label_of(kept.model), field)
            for kept in self.kept
            for field in kept.fields.split()
        ]

    def impersonal(self) -> list[str]:
        return [self.label_of(model) for model in self.nothing_personal]

    def reasons(self) -> list[str]:
        """Each once, for people."""
        return list(dict.fromkeys(self.nothing_personal.values()))

    def label_of(self, model: str) -> str:
        return model if "." in model else f"{self.app}.{model}"


def texts_of_leavers() -> list[tuple[Any, str, dict[str, Any]]]:
    """[(model, field of the person, values)] of all apps: what goes with somebody besides his own row."""
    return [
        (apps.get_model(one.label_of(model)), whose, values)
        for one in inventories()
        for model, (whose, values) in one.leaving.items()
    ]


def inventories() -> list[Inventory]:
    """Of all apps from the ground up; the floor under them comes last."""
    told = []
    for config in reversed(list(apps.get_app_configs())):
        if config.models_module and module_has_submodule(config.models_module, "inventory"):
            there = import_module(f"{config.name}.models.inventory")
            told.append(
                Inventory(
                    config.label,
                    there.TITLE,
                    there.KEPT,
                    there.NOTHING_PERSONAL,
                    getattr(there, "LEAVING", {}),
                )
            )
    return sorted(told, key=lambda one: one.app == "common")
