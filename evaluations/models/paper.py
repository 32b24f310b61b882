"""Paper slips typed in as totals: two different people, and only what both typed alike is counted (P05)."""

from django.db import models
from django.db.models import Q

from branches.models import Person, Window, under, visible_paths
from campaigns.models import Period
from evaluations.models.poll import Poll
from evaluations.models.round import Round


class PaperSheetQuerySet(models.QuerySet):
    def visible_to(self, person):
        paths = visible_paths(person)
        return self.filter(
            under(paths, "window__organisation__path")
            | under(paths, "poll__organisation__path")
            | under(paths, "round__organisation__path")
        )


class PaperSheet(models.Model):
    """A pile of slips of one form about one thing: a window, a subject of a poll, the people of a small branch."""

    class State(models.TextChoices):
        WAITING = "waiting", "等另一人录入"
        DIFFERS = "differs", "两次不一致"
        COUNTED = "counted", "已计入"

    period = models.ForeignKey(Period, models.PROTECT, related_name="paper_sheets")
    form = models.CharField("表名", max_length=60)
    pile = models.CharField("第几叠", max_length=40, help_text="日期或编号，同一叠只录一次")
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="paper_sheets"
    )
    poll = models.ForeignKey(
        Poll, models.PROTECT, null=True, blank=True, related_name="paper_sheets"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="paper_sheets"
    )
    position = models.PositiveIntegerField("评议对象", default=0)
    rater_class = models.CharField("评议主体", max_length=50, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    counted_at = models.DateTimeField("计入时间", null=True, blank=True)

    objects = PaperSheetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "纸质表"
        constraints = [
            models.CheckConstraint(
                condition=Q(window__isnull=False, poll=None, round=None)
                | Q(window=None, poll__isnull=False, round=None)
                | Q(window=None, poll=None, round__isnull=False),
                name="paper_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(round__isnull=False), name="paper_once_a_round"
            ),
            models.UniqueConstraint(
                fields=["period", "form", "pile", "window"],
                condition=Q(window__isnull=False),
                name="paper_pile_of_window",
            ),
            models.UniqueConstraint(
                fields=["poll", "position", "rater_class", "pile"],
                condition=Q(poll__isnull=False),
                name="paper_pile_of_poll",
            ),
        ]

    def __str__(self):
        return f"{self.form} {self.pile}"

    @property
    def place(self):
        """The window, poll or round; each has `organisation` and `name`."""
        return self.window or self.poll or self.round


class PaperEntry(models.Model):
    """What one person typed: {question: {level: count}}, and how many slips he had in hand."""

    sheet = models.ForeignKey(PaperSheet, models.CASCADE, related_name="entries")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    slips = models.PositiveIntegerField("张数")
    totals = models.JSONField("各档票数")
    entered_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "纸质表录入"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "by"], name="paper_entry_once_per_person")
        ]

    def __str__(self):
        return f"{self.sheet_id} {self.by_id}"
