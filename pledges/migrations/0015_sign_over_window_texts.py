"""What windows already show in public goes on hanging: it counts as carried out, without signatures."""

from django.db import migrations
from django.utils import timezone


def take_over(apps, schema_editor):
    Window = apps.get_model("branches", "Window")
    WindowPart = apps.get_model("pledges", "WindowPart")
    WindowText = apps.get_model("pledges", "WindowText")
    parts = {}
    for part in WindowPart.objects.order_by("pk").iterator():
        parts.setdefault(part.window_id, []).append({"name": part.name, "text": part.text})
    at = timezone.now()
    texts = (
        WindowText(
            organisation_id=window.organisation_id,
            window=window,
            code=window.code,
            services=window.services,
            procedure=window.procedure,
            flow=window.flow,
            parts=parts.get(window.pk, []),
            taken_over=True,
            state="live",
            written_at=at,
            published_at=at,
        )
        for window in Window.objects.order_by("pk").iterator()
        if window.pk in parts
        or any(text.strip() for text in (window.services, window.procedure, window.flow))
    )
    WindowText.objects.bulk_create(texts, batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("pledges", "0014_window_texts")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
