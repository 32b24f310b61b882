from django.db import models
from django.db.models import Q

from branches.models import Person, scope_paths, under
from campaigns.models import Campaign
from common.robots import KINDS

BURST = 5


class RobotQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Only committee and office of the campaign: the address of a robot is a key to a group."""
        scopes = scope_paths(person, "committee", "office")
        return self.filter(under(scopes, "campaign__organisation__path"))


class Robot(models.Model):
    """A group robot that gets the campaign's digests. Address and secret are sealed."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="robots")
    name = models.CharField("群名称", max_length=60)
    kind = models.CharField(
        "种类", max_length=10, choices=[(kind.key, kind.name) for kind in KINDS.values()]
    )
    address_sealed = models.BinaryField()
    secret_sealed = models.BinaryField(default=bytes)
    is_active = models.BooleanField("启用", default=True)
    tokens = models.FloatField(default=BURST)
    refilled_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField("连续失败", default=0)
    last_error = models.CharField("最近一次失败", max_length=120, blank=True)
    last_sent_at = models.DateTimeField("最近一次发出", null=True, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("添加时间")

    objects = RobotQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "群机器人"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name"],
                name="robot_name_unique",
                violation_error_message="已经有一个同名的群。",
            )
        ]

    def __str__(self):
        return self.name


class RobotMessage(models.Model):
    """The outbox of a robot: each event once; what waits is sent together as one digest."""

    robot = models.ForeignKey(Robot, models.CASCADE, related_name="messages")
    event = models.CharField("事由", max_length=120)
    text = models.CharField("内容", max_length=600)
    created_at = models.DateTimeField("时间")
    send_after = models.DateTimeField("何时起可发")
    attempts = models.PositiveSmallIntegerField("发送次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    dropped_at = models.DateTimeField("放弃时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "群消息"
        constraints = [
            models.UniqueConstraint(fields=["robot", "event"], name="robot_message_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="robot_message_one_fate"
            ),
        ]

    def __str__(self):
        return self.event
