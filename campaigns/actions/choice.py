from campaigns.models import CampaignChoice


def keep_campaign(person, campaign):
    """What this person's pages open with from now on."""
    CampaignChoice.objects.update_or_create(person=person, defaults={"campaign": campaign})
