from django.db import models
from django.db.models import Q

from branches.models import Organisation, Person, Window, scope_paths, under
from campaigns.models import Campaign


class PrintBatchQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Of the organisations one prints for; an inspector reads lists, not files."""
        return self.filter(
            under(scope_paths(person, "secretary", "committee", "office"), "organisation__path")
        )


class PrintBatch(models.Model):
    """One order of printed things: a file made in the background, kept for a month."""

    class Kind(models.TextChoices):
        BADGE = "badge", "工作牌"
        SERVICE_CARD = "service_card", "服务卡"
        PERSON_SIGN = "person_sign", "个人台签"
        WINDOW_SIGN = "window_sign", "窗口台签"
        ZONE_SIGN = "zone_sign", "责任区牌"
        WINDOW_BOARD = "window_board", "窗口公示栏"
        MEMBER_BOARD = "member_board", "党员公示栏"
        ITEM_CARD = "item_card", "服务项目明白卡"
        RESULT_BOARD = "result_board", "评议结果公示"

    class Layout(models.TextChoices):
        SHEET = "sheet", "拼在 A4 纸上（带裁切线）"
        SINGLE = "single", "一页一张"
        A3 = "a3", "A3 纸"
        A4 = "a4", "A4 纸"
        A5 = "a5", "A5 纸"

    kind = models.CharField("种类", max_length=20, choices=Kind)
    layout = models.CharField("排版", max_length=10, choices=Layout)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="print_batches")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="print_batches",
        verbose_name="按哪个活动的方案印",
    )  # fmt: skip
    subjects = models.JSONField("印哪些", default=list, help_text="编号")
    file = models.FileField("文件", upload_to="prints/", blank=True)
    shortened = models.JSONField("印不下的文字", default=list, blank=True)
    requested_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="制作人"
    )
    requested_at = models.DateTimeField("提出时间")
    made_at = models.DateTimeField("制作完成时间", null=True, blank=True)

    objects = PrintBatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "印制批次"

    def __str__(self):
        return f"{self.get_kind_display()} {self.requested_at:%Y-%m-%d}"


class PrintRecord(models.Model):
    """One printed thing: which version of whose data it shows. An older digest than now is stale."""

    batch = models.ForeignKey(PrintBatch, models.CASCADE, related_name="records")
    kind = models.CharField("种类", max_length=20, choices=PrintBatch.Kind)
    subject = models.CharField("印的是谁", max_length=40, help_text="person:3、window:5、zone:2")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="prints")
    window = models.ForeignKey(Window, models.CASCADE, null=True, blank=True, related_name="prints")
    version = models.PositiveSmallIntegerField("版次")
    digest = models.CharField("内容摘要", max_length=64)
    photos_of = models.JSONField("上面有谁的照片", default=list, blank=True)
    printed_at = models.DateTimeField("印制时间")

    class Meta:
        verbose_name = verbose_name_plural = "印制记录"
        constraints = [
            models.UniqueConstraint(fields=["batch", "subject"], name="print_once_per_batch"),
            models.CheckConstraint(
                condition=Q(person=None) | Q(window=None), name="print_of_one_subject"
            ),
        ]
        indexes = [models.Index(fields=["kind", "subject"], name="print_newest")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.subject} 第 {self.version} 版"
