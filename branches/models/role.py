from django.db import models
from django.db.models import Q

from branches.models.organisation import Organisation
from branches.models.person import Person
from branches.models.scope import under, visible_paths


class RoleQuerySet(models.QuerySet):
    def current(self, *, today):
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def visible_to(self, person):
        return self.filter(under(visible_paths(person), "organisation__path"))


class Role(models.Model):
    """A grant: this person acts as … for this organisation and everything below it, for a term."""

    class Kind(models.TextChoices):
        SECRETARY = "secretary", "支部书记"
        LEADER = "leader", "领导"
        COMMITTEE = "committee", "党委"
        OFFICE = "office", "活动办公室"
        INSPECTOR = "inspector", "督查员"
        SYSTEM_ADMIN = "system_admin", "系统管理员"
        SECURITY_ADMIN = "security_admin", "安全管理员"
        AUDIT_ADMIN = "audit_admin", "审计管理员"

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    kind = models.CharField("角色", max_length=20, choices=Kind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    title = models.CharField("职务名称", max_length=60, blank=True)
    starts_on = models.DateField("任期起")
    ends_on = models.DateField("任期止", null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="授权人"
    )
    granted_at = models.DateTimeField("授权时间")

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "organisation"],
                condition=Q(ends_on=None),
                name="role_granted_once",
            ),
            models.UniqueConstraint(  # the three administrators exclude each other (A8)
                fields=["person"],
                condition=Q(
                    ends_on=None, kind__in=["system_admin", "security_admin", "audit_admin"]
                ),
                name="role_one_administrator_kind",
                violation_error_message="系统、安全、审计三类管理员不得由同一人兼任。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="role_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.get_kind_display()}（{self.organisation}）"
