"""Writing what a unit shows: service items, plaques, stories, texts. The gate itself is common.publishing."""

from django.db import transaction

from common import audit
from common.publishing import StepTaken


@transaction.atomic
def save_shown(shown, *, by, at):
    """Store a draft, new or changed. The caller has cleaned the fields."""
    is_new = shown.pk is None
    if is_new:
        shown.written_by, shown.written_at = by, at
    else:
        current = type(shown).objects.select_for_update(of=("self",)).get(pk=shown.pk)
        if not current.is_editable:
            raise StepTaken(f"现在是“{current.get_state_display()}”，不能再改，请刷新页面再看。")
    shown.save()
    verb = "填写" if is_new else "修改"
    name = shown._meta.verbose_name
    audit.record(f"{verb}{name}", shown, by=by, at=at, path=shown.organisation.path)
    return shown


@transaction.atomic
def revise_shown(shown, *, by, at):
    """Begin the next version of something that hangs (or hung); the present one stays until then."""
    model = type(shown)
    rows = list(model.objects.select_for_update(of=("self",)).filter(code=shown.code))
    newest = max(rows, key=lambda row: row.version)
    if newest.state not in {"live", "down"}:
        raise StepTaken(f"已有第 {newest.version} 版在办，请直接修改那一版。")
    draft = newest.next_version(by=by, at=at)
    draft.save()
    audit.record(
        f"新版{model._meta.verbose_name}", draft, by=by, at=at, path=draft.organisation.path
    )
    return draft
