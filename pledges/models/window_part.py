from django.db import models

from branches.models import Window


class WindowPart(models.Model):
    """What a window's board says under a heading of the plan that the window itself has no field for (L03)."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="parts")
    name = models.CharField("栏目", max_length=120)
    text = models.TextField("内容", max_length=2000)

    class Meta:
        verbose_name = verbose_name_plural = "公示栏栏目"
        constraints = [models.UniqueConstraint(fields=["window", "name"], name="window_part_once")]

    def __str__(self):
        return f"{self.window} {self.name}"
