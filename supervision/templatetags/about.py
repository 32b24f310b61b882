"""`{% about request.user person %}`: the strands below a person, a window or an organisation."""

from django import template

from evaluations.models import Feedback
from supervision.models import Rectification
from supervision.queries import about as queries

register = template.Library()


@register.inclusion_tag("supervision/_about.html")
def about(viewer, thing):
    """Pages of `branches` cannot ask the rooms above themselves."""
    return {"strands": queries.about(viewer, thing)}


@register.simple_tag
def ledger_item(viewer, **origin):
    """The ledger item that a pledge, an opinion or a review became: `{% ledger_item user pledge=pledge as item %}`."""
    return Rectification.objects.visible_to(viewer).filter(**origin).first()


@register.simple_tag
def opinion_of(viewer, item):
    """The citizen's opinion behind a ledger item, as far as one may read it."""
    return (
        item.feedback_id and Feedback.objects.visible_to(viewer).filter(pk=item.feedback_id).first()
    )
