"""Masked numbers opened for a reason: written down before they are shown (reliability I1)."""

from django.db import transaction

from branches.models import open_id_number
from common import audit

FIELDS = {"id-number": "身份证号", "phone": "电话"}


@transaction.atomic
def reveal(person, *, field, reason, path, by, at):  # noqa: PLR0913 (whose, what, why, who)
    """The whole number; the audit says who saw whose which number and what for, never the number."""
    detail = {"field": FIELDS[field], "reason": reason}
    audit.record("查看完整号码", person, by=by, at=at, path=path, detail=detail)
    if field == "phone":
        return person.phone
    return open_id_number(person.id_number_sealed) if person.id_number_sealed else ""
