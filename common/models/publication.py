from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PublishableQuerySet(models.QuerySet):
    def shown(self, *, today):
        """What is on show: published, not taken down, not past its last day."""
        return self.filter(Q(shown_until=None) | Q(shown_until__gte=today), state="live")

    def public(self, *, today):
        """What anybody may read without signing in."""
        return self.shown(today=today).filter(visibility="public")

    def waiting(self):
        return self.filter(state__in=["proposed", "checked"])


def _signer(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class Publishable(models.Model):
    """Something that is shown in public only after 提出 → 审核 → 审批 → 实施 (Q17).

    Nobody checks what he proposed himself; where the scheme asks for an approval, a third person gives it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PROPOSED = "proposed", "待审核"
        CHECKED = "checked", "待审批"
        RETURNED = "returned", "退回修改"
        LIVE = "live", "已公示"
        REPLACED = "replaced", "已更新"
        DOWN = "down", "已撤下"

    class Visibility(models.TextChoices):
        SELF = "self", "本人"
        BRANCH = "branch", "支部"
        ORGANISATION = "organisation", "全单位"
        PUBLIC = "public", "公众"

    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    visibility = models.CharField(
        "给谁看", max_length=12, choices=Visibility, default=Visibility.PUBLIC
    )
    shown_until = models.DateField(
        "公示到", null=True, blank=True, help_text="过了这天自动从公示页撤下；不填为长期。"
    )
    written_by = _signer("填写人")
    written_at = models.DateTimeField("填写时间")
    proposed_by = _signer("提出人")
    proposed_at = models.DateTimeField("提出时间", null=True, blank=True)
    checked_by = _signer("审核人")
    checked_at = models.DateTimeField("审核时间", null=True, blank=True)
    approved_by = _signer("审批人")
    approved_at = models.DateTimeField("审批时间", null=True, blank=True)
    published_at = models.DateTimeField("公示时间", null=True, blank=True)
    note = models.CharField("审核意见", max_length=300, blank=True)
    down_by = _signer("撤下人")
    down_at = models.DateTimeField("撤下时间", null=True, blank=True)
    down_reason = models.CharField("撤下原因", max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="live")
                | Q(checked_by__isnull=False, published_at__isnull=False),
                name="%(class)s_live_was_checked",
            ),
            models.CheckConstraint(  # four eyes
                condition=Q(checked_by=None)
                | Q(proposed_by__isnull=False) & ~Q(checked_by=F("proposed_by")),
                name="%(class)s_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | ~Q(approved_by=F("proposed_by")) & ~Q(approved_by=F("checked_by")),
                name="%(class)s_approved_by_a_third",
            ),
            models.CheckConstraint(
                condition=~Q(state="down") | ~Q(down_reason=""), name="%(class)s_down_has_reason"
            ),
        ]

    @property
    def noun(self):
        """What kind of thing it is, for people."""
        return self._meta.verbose_name

    @property
    def is_live(self):
        return self.state == self.State.LIVE

    @property
    def is_editable(self):
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    def is_expired(self, *, today):
        return self.is_live and self.shown_until is not None and self.shown_until < today

    def gaps(self):
        """What is still missing before it may be shown; labels for people."""
        return []

    def public_texts(self):
        """{label: text} of everything that will be read by others."""
        return {}


def signers():
    """Names of the fields that tell how far a row has come: a new version starts without them."""
    return {field.name for field in Publishable._meta.get_fields()} - {"visibility", "shown_until"}
