from django.db import models
from django.db.models import F, Q

from branches.models import Organisation, Person
from campaigns.models import Campaign, Period
from competitions.models.about import InsideQuerySet


class Activity(models.Model):
    """Training, study, 驻村, volunteering … tagged with the items it is evidence of (B01, B10 to B12)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="activities")
    period = models.ForeignKey(Period, models.PROTECT, related_name="activities")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="activities", verbose_name="主办"
    )
    item = models.CharField("方案中的项目", max_length=40)
    kind = models.CharField("种类", max_length=120)
    tags = models.JSONField("体现的项目", default=list, blank=True)
    co_organisers = models.JSONField("协办", default=list, blank=True)
    name = models.CharField("名称", max_length=100)
    held_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    place = models.CharField("地点", max_length=80, blank=True)
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="带队人"
    )
    summary = models.TextField("内容和效果", max_length=2000, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="记录人")
    made_at = models.DateTimeField("记录时间")

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动记录"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("held_on")),
                name="activity_ends_after_start",
                violation_error_message="结束日期不能早于开始日期。",
            )
        ]
        indexes = [models.Index(fields=["campaign", "item", "held_on"], name="activity_of_item")]

    def __str__(self):
        return self.name


class Attendance(models.Model):
    """Who was there, as the organiser noted; nobody punches in (B12)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendance")

    class Meta:
        verbose_name = verbose_name_plural = "到会"
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="attendance_once")
        ]

    def __str__(self):
        return f"{self.person}"


class ActivityPicture(models.Model):
    """A photo of an activity, inside only; re-encoded, so that place and camera are gone. Those on it agreed (B12)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="pictures")
    image = models.ImageField("照片", upload_to="activities/")
    caption = models.CharField("照片说明", max_length=80)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "活动照片"

    def __str__(self):
        return self.caption


class ActivityNote(models.Model):
    """A line of a team's log: a task done, or help for a paired household or unit (B11)."""

    class Kind(models.TextChoices):
        TASK = "task", "工作任务"
        HELP = "help", "结对帮扶"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="notes")
    kind = models.CharField("种类", max_length=10, choices=Kind, default=Kind.TASK)
    done_on = models.DateField("日期")
    whom = models.CharField("帮扶对象", max_length=80, blank=True)
    text = models.CharField("做了什么", max_length=500)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="记录人")
    noted_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "工作日志"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="help") | ~Q(whom=""), name="help_note_names_whom"
            )
        ]

    def __str__(self):
        return self.text[:40]


class SelfCheck(models.Model):
    """A person's answers to a checklist: his own to read, others only see that it is done (B05)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="self_checks")
    period = models.ForeignKey(Period, models.PROTECT, related_name="self_checks")
    item = models.CharField("方案中的项目", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="self_checks")
    answers = models.JSONField("回答", default=dict)
    written_at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = verbose_name_plural = "对照自查"
        constraints = [
            models.UniqueConstraint(fields=["period", "item", "person"], name="self_check_once")
        ]

    def __str__(self):
        return f"{self.person} {self.item}"
