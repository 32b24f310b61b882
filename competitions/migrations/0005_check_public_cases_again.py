from django.db import migrations


def propose_again(apps, schema_editor):
    """What was public by one person's word waits for the second, as the gate asks."""
    Case = apps.get_model("competitions", "Case")
    for case in Case.objects.filter(kind="model", published_on__isnull=False):
        case.state, case.proposed_by_id, case.proposed_at = (
            "proposed",
            case.written_by_id,
            case.written_at,
        )
        case.save(update_fields=["state", "proposed_by", "proposed_at"])


class Migration(migrations.Migration):
    dependencies = [("competitions", "0004_lead_cases_through_the_gate")]
    operations = [migrations.RunPython(propose_again, migrations.RunPython.noop)]
