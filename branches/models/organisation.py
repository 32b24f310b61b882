from django.db import models
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from branches.models.scope import under, visible_paths


class UnitType(models.Model):
    """What a unit mainly does (行政审批, 窗口服务, 行政执法 …): editable data, named by schemes (S08)."""

    key = models.SlugField("代码", primary_key=True, max_length=40)
    name = models.CharField("名称", max_length=40, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位类型"

    def __str__(self):
        return self.name


class OrganisationQuerySet(MP_NodeQuerySet):
    def visible_to(self, person):
        """Organisations in the person's role scopes and the ones he belongs to."""
        return self.filter(under(visible_paths(person)))

    def below(self, organisation):
        """The organisation itself and everything under it."""
        return self.filter(path__startswith=organisation.path)

    def branches(self):
        return self.filter(kind=Organisation.Kind.BRANCH)

    def active(self):
        return self.filter(dissolved_on=None)


class OrganisationManager(MP_NodeManager.from_queryset(OrganisationQuerySet)):
    def get_queryset(self):
        """In the tree's order; treebeard's own manager would answer without our filters."""
        return OrganisationQuerySet(self.model, using=self._db).order_by("path")


class Organisation(MP_Node):
    """A node of the party's tree (党委 > 党总支 > 党支部 > 党小组), also 单位 and 科室."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "党委"
        GENERAL_BRANCH = "general_branch", "党总支"
        BRANCH = "branch", "党支部"
        GROUP = "group", "党小组"
        UNIT = "unit", "单位"
        DEPARTMENT = "department", "科室"

    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    code = models.CharField("组织代码", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    unit_type = models.ForeignKey(
        UnitType, models.PROTECT, null=True, blank=True, verbose_name="单位类型"
    )
    domain = models.CharField("领域", max_length=40, blank=True)
    motto = models.CharField("服务品牌", max_length=120, blank=True)
    founded_on = models.DateField("成立时间", null=True, blank=True)
    dissolved_on = models.DateField("撤销时间", null=True, blank=True)

    objects = OrganisationManager()

    class Meta:
        verbose_name = verbose_name_plural = "组织"

    def __str__(self):
        return self.name

    @property
    def label(self):
        return self.short_name or self.name
