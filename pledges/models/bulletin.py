from django.db import models
from django.db.models import Q

from branches.models import Person
from campaigns.models import Period
from pledges.models.shown import Shown, ShownQuerySet


class BulletinQuerySet(ShownQuerySet):
    def visible_to(self, person):
        """What is shown to each for himself is read by those it names (L25)."""
        named = Bulletin.named.through.objects.filter(person=person).values("bulletin")
        own = Q(visibility="self", state__in=["live", "replaced", "down"], pk__in=named)
        return self.filter(Q(pk__in=super().visible_to(person).values("pk")) | own)


class Bulletin(Shown):
    """评议公示: results with their n, or comments, as they stood when they were chosen (L25, L26).

    Higher apps gather the rows; here they are frozen, checked by another, shown and taken down.
    """

    class Kind(models.TextChoices):
        RESULTS = "results", "评议结果"
        COMMENTS = "comments", "点评"

    kind = models.CharField("公示什么", max_length=10, choices=Kind)
    period = models.ForeignKey(Period, models.PROTECT, related_name="bulletins")
    title = models.CharField("标题", max_length=80)
    intro = models.TextField("说明", max_length=1000, blank=True)
    rows = models.JSONField(
        "公示内容", default=list, help_text="[{group, subject, rater, n, value, interval, bars, …}]"
    )
    named = models.ManyToManyField(
        Person, related_name="named_in_bulletins", verbose_name="写到的人", blank=True
    )

    is_revisable = False  # a count is not rewritten: the next period has its own
    objects = BulletinQuerySet.as_manager()

    class Meta(Shown.Meta):
        verbose_name = verbose_name_plural = "评议公示"

    def __str__(self):
        return self.title

    def gaps(self):
        return [] if self.rows else ["要公示的内容"]

    def public_texts(self):
        """The gate reads what was said of people too, not only the heading."""
        said = [
            text
            for row in self.rows
            for _, text in [*row.get("parts", ()), ("", row["subject"]), ("", row.get("by", ""))]
        ]
        return super().public_texts() | {"公示内容": "\n".join(said)}

    def rows_for(self, person):
        """Everything, or only one's own where each is to read for himself."""
        if self.visibility != self.Visibility.SELF:
            return self.rows
        return [row for row in self.rows if row.get("person") == person.pk]

    def groups(self):
        """{heading: rows}, in the order they were chosen."""
        return grouped(self.rows)


def grouped(rows):
    found = {}
    for row in rows:
        found.setdefault(row["group"], []).append(row)
    return found
