from django.db import models

from branches.models import Person
from campaigns.models.campaign import Campaign


class CampaignChoice(models.Model):
    """Which of several campaigns a person's pages open with: it changes by his hand, never by itself."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="campaign_choice")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "打开的活动"

    def __str__(self):
        return f"{self.person_id} {self.campaign_id}"
