"""What the folder and the pages print of appointments, honours and plaques: a PDF page each."""

from common.print.certificates import Certificate


def appointment(campaign, seat):
    """任职通知书 (R01 to R03)."""
    number = f"（{seat.document}）" if seat.document else ""
    duty = f"，负责{seat.remark}" if seat.remark else ""
    day = _day(seat.starts_on)
    return Certificate(
        name=seat.person.name,
        text=f"自{day}起，在{campaign.name}中担任{seat.group}{seat.title}{duty}{number}。",
        issuer=campaign.organisation.name,
        day=day,
        title="任职通知书",
    )


def honour(award):
    return Certificate(
        name=str(award.subject),
        text=f"在{award.campaign.name}中获得“{award.name}”（{award.period.name}）。特发此证，以资鼓励。",
        issuer=award.selection.organisation.name,
        day=_day(award.granted_on),
    )


def plaque(shown):
    """A plaque as it hangs: its name, who holds it, until when, by which standard."""
    until = f"，至{_day(shown.ends_on)}" if shown.ends_on else ""
    return Certificate(
        name=str(shown.holder),
        text=f"自{_day(shown.starts_on)}起挂牌{until}。标准：{shown.criteria}",
        issuer=shown.awarded_by or shown.organisation.name,
        day=_day(shown.starts_on),
        title=shown.name,
    )


def _day(day):
    return f"{day.year}年{day.month}月{day.day}日"
