import hashlib

from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, Window, scope_paths, under, visible_paths
from branches.models.scope import SEEING_ROLES
from campaigns.models import Campaign, Period


class DrawQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody whom the campaign concerns may repeat the draw."""
        return self.filter(campaign__in=Campaign.objects.visible_to(person))


class Draw(models.Model):
    """A random draw of windows or people for a spot check (S04): seed, pool and rule are kept, anybody can repeat it.

    Whoever was drawn less often comes first, by lot among equals: nobody comes twice more than somebody else.

    The seed is made by the server and stored with its result, so a draw that was not liked stays on record.
    """

    class Subject(models.TextChoices):
        WINDOW = "window", "窗口"
        PERSON = "person", "人员"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="draws")
    period = models.ForeignKey(Period, models.PROTECT, related_name="draws")
    subject = models.CharField("抽什么", max_length=10, choices=Subject, default=Subject.WINDOW)
    seed = models.CharField("种子", max_length=64)
    pool = models.JSONField(
        "名单",
        help_text="[[编号, 名称, 此前抽中次数], …]，抽签时的全部窗口或人员；旧的抽签没有次数",
    )
    count = models.PositiveSmallIntegerField("抽取数")
    drawn_at = models.DateTimeField("抽签时间")
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="draws")

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "随机抽签"

    def __str__(self):
        return f"{self.drawn_at:%Y-%m-%d} 抽签"

    @property
    def order(self):
        """The whole pool in drawn order: how often drawn before, then SHA-256 of "seed:number", smallest first."""
        return draw_order(self.seed, self.pool)

    @property
    def drawn(self):
        return self.order[: self.count]

    @property
    def is_fair(self):
        """Whether earlier draws counted; the first draws of this portal went by lot alone."""
        return bool(self.pool) and len(self.pool[0]) > 2


def draw_order(seed, pool):
    return sorted(pool, key=lambda entry: (sum(entry[2:]), draw_key(seed, entry[0])))


def draw_key(seed, number):
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of the places one looks into; who was looked for at his post, only he and those above."""
        inside = under(visible_paths(person), "organisation__path")
        above = under(scope_paths(person, *SEEING_ROLES), "organisation__path")
        return self.filter((Q(person=None) & inside) | Q(person=person) | above)


class Inspection(models.Model):
    """A visit or spot check (S01 to S04): method and check list from the scheme, findings, the demand."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="inspections")
    period = models.ForeignKey(Period, models.PROTECT, related_name="inspections")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="inspections")
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    person = models.ForeignKey(  # a spot check whether somebody is at his post (S05), by a person's own eyes
        Person, models.PROTECT, null=True, blank=True, related_name="inspected"
    )
    draw = models.ForeignKey(
        Draw, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    method = models.CharField("方式", max_length=50)
    points = models.JSONField("检查要点", default=dict, help_text="要点 → 是否做到")
    found = models.TextField("检查情况", max_length=2000)
    guidance = models.TextField("指导意见", max_length=1000, blank=True)
    problem = models.TextField("发现问题", max_length=2000, blank=True)
    demand = models.TextField("整改要求", max_length=1000, blank=True)
    demand_due_on = models.DateField("整改时限", null=True, blank=True)
    inspected_at = models.DateTimeField("检查时间")
    inspected_by = models.ForeignKey(Person, models.PROTECT, related_name="inspections")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督查"
        constraints = [
            models.CheckConstraint(  # a problem comes with a demand and a date (Z05)
                condition=models.Q(problem="")
                | (~models.Q(demand="") & models.Q(demand_due_on__isnull=False)),
                name="inspection_problem_has_demand",
            )
        ]

    def __str__(self):
        return f"{self.target} {self.inspected_at:%Y-%m-%d}"

    @property
    def target(self):
        return self.person or self.window or self.organisation
