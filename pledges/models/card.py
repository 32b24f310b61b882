from django.db import models

from branches.models import Person


class Card(models.Model):
    """What a person lets the public board show beside name, unit and post, and when it was last checked (L09).

    Without a row the defaults hold: motto and zones yes, telephone and date of joining no.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="card")
    shows_party = models.BooleanField("政治面貌", default=True)
    shows_motto = models.BooleanField("人生格言", default=True)
    shows_zones = models.BooleanField("责任区和先锋岗", default=True)
    shows_duties = models.BooleanField("岗位职责", default=True)
    shows_joined_on = models.BooleanField("入党时间", default=False)
    shows_phone = models.BooleanField("电话", default=False)
    confirmed_at = models.DateTimeField("核对时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "身份牌"

    def __str__(self):
        return f"{self.person}的身份牌"
