from django.db import models

from branches.models.person import Person


class ActivationCode(models.Model):
    """The one-time code on an account slip (激活单): only its hash is kept, and it runs out."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="activation")
    code_hash = models.CharField("激活码摘要", max_length=64, unique=True)
    expires_at = models.DateTimeField("有效期至")
    issued_at = models.DateTimeField("签发时间")
    issued_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "账号激活码"

    def __str__(self):
        return f"{self.person} 至 {self.expires_at}"
