def can_write_self_review(person, period):
    """While the period is open, and the plan asks for it."""
    return period.is_open and period.plan.item_with("self_review") is not None


def can_edit_self_review(person, review):
    return person.pk == review.person_id and review.period.is_open
