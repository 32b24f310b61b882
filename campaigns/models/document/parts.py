"""The words every part of a scheme document is made of."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)


class Part(BaseModel):
    """A piece of a scheme: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _printable(text: str) -> str:
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in text):
        raise ValueError("含有不可见的控制字符")
    return text


def plain_number(number: Decimal) -> int | str:
    """As JSON holds it: whole numbers as they are, others as exact text."""
    return int(number) if number == number.to_integral_value() else str(number)


Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
Row = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2}(\.[0-9]{1,2})?$")]
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_printable),
]
Name = Annotated[Label, StringConstraints(max_length=60)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
    AfterValidator(_printable),
]
Number = Annotated[
    Decimal,
    Field(allow_inf_nan=False, max_digits=12),
    PlainSerializer(plain_number, when_used="json"),
]
Count = Annotated[int, Field(ge=1, le=100_000)]
Days = Annotated[int, Field(ge=0, le=366)]
Percent = Annotated[Decimal, Field(ge=0, le=100), PlainSerializer(plain_number, when_used="json")]

Subject = Literal["person", "window", "branch", "unit"]
Role = Literal["secretary", "leader", "committee", "office", "inspector"]
FamilyRole = Literal["show", "compare", "review", "attain"]


class Named(Part):
    """Something the plan calls by name; `rows` are the acceptance rows it answers."""

    key: Key
    name: Name
    note: Text | None = None
    rows: tuple[Row, ...] = ()


class Entry(Part):
    """One line of a list; a placeholder waits for the official wording."""

    text: Text
    placeholder: bool = False
