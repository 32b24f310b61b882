from django.db import models
from django.db.models import F, Q

from branches.models import Window
from common.publishing.masking import masked_contact
from pledges.models.shown import Shown

# key in a scheme's disclosures -> what the citizen reads (L12.1 to L12.8, then what plans add)
DISCLOSURES = {
    "matter": "办理的事项",
    "basis": "政策依据",
    "preconditions": "前置条件",
    "procedure": "办理程序",
    "fee_basis": "收费依据",
    "fee": "收费标准",
    "time_limit": "办理时限",
    "handler": "承办单位、承办人及联系方式",
}
MORE_DISCLOSURES = {"service_standard": "服务标准", "materials": "申请材料"}
FEES = Q(charges="free") | (Q(charges="paid") & ~Q(fee_basis="") & ~Q(fee_standard=""))
EIGHT = (
    ~Q(matter="")
    & ~Q(basis="")
    & ~Q(preconditions="")
    & ~Q(procedure="")
    & FEES
    & Q(limit_days__isnull=False)
    & ~Q(handler_unit="")
    & ~Q(handler_name="")
    & ~Q(contact="")
)


def _limit(days):
    if days is None:
        return ""
    return f"{days} 个工作日" if days else "当场办结"


class ServiceItem(Shown):
    """A 服务项目明白卡: the eight disclosures as columns (八公开), each version a row (L10, L12, L13, C08, G13)."""

    class Charges(models.TextChoices):
        FREE = "free", "不收费"
        PAID = "paid", "收费"

    window = models.ForeignKey(
        Window,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="service_items",
        verbose_name="受理窗口",
    )
    matter = models.CharField("办理的事项", max_length=120)
    basis = models.TextField("政策依据", max_length=1000, blank=True)
    preconditions = models.TextField("前置条件", max_length=1000, blank=True)
    materials = models.TextField("申请材料", max_length=2000, blank=True)
    procedure = models.TextField("办理程序", max_length=2000, blank=True)
    charges = models.CharField("是否收费", max_length=4, choices=Charges, blank=True)
    fee_basis = models.TextField("收费依据", max_length=500, blank=True)
    fee_standard = models.TextField("收费标准", max_length=500, blank=True)
    limit_days = models.PositiveSmallIntegerField("承诺时限（工作日）", null=True, blank=True)
    legal_days = models.PositiveSmallIntegerField("原时限（工作日）", null=True, blank=True)
    is_fast_track = models.BooleanField("走快速通道", default=False)
    fast_days = models.PositiveSmallIntegerField("快速通道时限（工作日）", null=True, blank=True)
    handler_unit = models.CharField("承办单位", max_length=120, blank=True)
    handler_name = models.CharField("承办人", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=60, blank=True)
    contact_is_office = models.BooleanField("是办公电话", default=True)
    service_standard = models.TextField("服务标准", max_length=1000, blank=True)

    private_fields = frozenset({"contact"})

    class Meta(Shown.Meta):
        verbose_name = verbose_name_plural = "服务事项"
        constraints = [
            *Shown.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="live") | EIGHT, name="serviceitem_live_is_complete"
            ),
            models.CheckConstraint(  # the special track has a limit of its own, never a longer one
                condition=Q(is_fast_track=False, fast_days=None)
                | Q(is_fast_track=True, fast_days__isnull=False)
                & (Q(limit_days=None) | Q(fast_days__lte=F("limit_days"))),
                name="serviceitem_fast_track_is_faster",
                violation_error_message="快速通道时限须填写，且不能比承诺时限长。",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="serviceitem_board")]

    def __str__(self):
        return self.matter

    def missing(self):
        """Keys of the disclosures that are not filled yet (八公开)."""
        filled = {
            "matter": self.matter,
            "basis": self.basis,
            "preconditions": self.preconditions,
            "procedure": self.procedure,
            "fee_basis": self.charges == self.Charges.FREE or (self.charges and self.fee_basis),
            "fee": self.charges == self.Charges.FREE or (self.charges and self.fee_standard),
            "time_limit": self.limit_days is not None,
            "handler": self.handler_unit and self.handler_name and self.contact,
        }
        return [key for key in DISCLOSURES if not filled[key]]

    def gaps(self):
        return [DISCLOSURES[key] for key in self.missing()]

    @property
    def filled_count(self):
        return len(DISCLOSURES) - len(self.missing())

    @property
    def days_cut(self):
        """压缩天数: how much shorter the promise is than the limit before (C08)."""
        if self.legal_days is None or self.limit_days is None:
            return None
        return self.legal_days - self.limit_days

    @property
    def limit_text(self):
        return _limit(self.limit_days)

    @property
    def fast_text(self):
        return _limit(self.fast_days)

    @property
    def shown_contact(self):
        """A private number is masked; an office line is there to be called (L12.8)."""
        return self.contact if self.contact_is_office else masked_contact(self.contact)

    @property
    def material_lines(self):
        return [line.strip() for line in self.materials.splitlines() if line.strip()]
