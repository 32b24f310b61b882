import secrets

from django.db import models
from django.db.models import Q

from branches.models.organisation import Organisation
from branches.models.person import Person
from branches.models.scope import under, visible_paths

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: people type it from a sign


def new_window_code():
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(6))


class WindowQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))

    def open(self):
        return self.filter(closed_on=None)


class Window(models.Model):
    """A service counter (服务窗口) with a short public code for its board and its ratings."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="windows")
    name = models.CharField("窗口名称", max_length=80)
    number = models.CharField("窗口号", max_length=20, blank=True)
    code = models.CharField("公开短码", max_length=12, unique=True, default=new_window_code)
    place = models.CharField("地点", max_length=120, blank=True)
    phone = models.CharField("窗口电话", max_length=30, blank=True)
    services = models.TextField("受理的主要项目", blank=True)
    procedure = models.TextField("办事程序", blank=True)
    flow = models.TextField("办事流程", blank=True)
    opens_at = models.TimeField("开始服务", null=True, blank=True)
    closes_at = models.TimeField("结束服务", null=True, blank=True)
    closed_on = models.DateField("撤销时间", null=True, blank=True)

    objects = WindowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务窗口"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="window_name_unique_in_organisation"
            )
        ]

    def __str__(self):
        return self.name


class PostQuerySet(models.QuerySet):
    def current(self, *, today):
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))


class Post(models.Model):
    """What a person does and where, dated; `cover` is the B side of a double post (G04)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="窗口"
    )
    title = models.CharField("岗位职务", max_length=60)
    duties = models.TextField("主要职责", blank=True)
    cover = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="B 岗"
    )
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "window"],
                condition=Q(ends_on=None),
                name="post_once_per_person_and_window",
            )
        ]

    def __str__(self):
        return f"{self.person} {self.title}"
