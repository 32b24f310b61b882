from django.db import models
from django.db.models import Q

from branches.models import Window
from pledges.models.shown import Shown

OWN = ("services", "procedure", "flow")  # every window has these; the plan names the others


class WindowText(Shown):
    """What a window's public page says in words, signed as a whole (L03).

    The window's own fields of the same names are what a list brought in: nobody outside reads them.
    """

    window = models.ForeignKey(
        Window, models.PROTECT, related_name="shown_texts", verbose_name="窗口"
    )
    services = models.TextField("受理的主要项目", max_length=2000, blank=True)
    procedure = models.TextField("办事程序", max_length=2000, blank=True)
    flow = models.TextField("办事流程", max_length=2000, blank=True)
    parts = models.JSONField("方案规定的栏目", default=list, help_text="[{name, text}]")
    taken_over = models.BooleanField("审核制度之前已经公示", default=False)

    class Meta(Shown.Meta):
        verbose_name = verbose_name_plural = "窗口公示文字"
        constraints = [
            *(rule for rule in Shown.Meta.constraints if rule.name != "%(class)s_live_was_checked"),
            models.CheckConstraint(  # what hung before this gate was built has no signatures
                condition=~Q(state="live")
                | Q(published_at__isnull=False)
                & (Q(checked_by__isnull=False) | Q(taken_over=True)),
                name="windowtext_live_was_checked",
            ),
        ]

    def __str__(self):
        """Fetch with select_related."""
        return self.window.name

    def gaps(self):
        texts = (*(getattr(self, name) for name in OWN), *(part["text"] for part in self.parts))
        return [] if any(text.strip() for text in texts) else ["至少一栏内容"]

    def part(self, name):
        """What stands under one of the plan's headings."""
        return next((part["text"] for part in self.parts if part["name"] == name), "")

    def public_texts(self):
        """The gate reads the plan's headings too: they hang in public with what stands under them."""
        headings = "\n".join(part["name"] for part in self.parts)
        typed = {part["name"]: part["text"] for part in self.parts}
        return super().public_texts() | typed | {"栏目名称": headings}

    def next_version(self, *, by, at):
        """A window may have been handed to another branch since; the new wording gets real signatures."""
        draft = super().next_version(by=by, at=at)
        draft.organisation_id, draft.taken_over = self.window.organisation_id, False
        return draft
