import secrets

from django.db import models
from django.db.models import Q

from branches.models import Organisation, home_paths, scope_paths, under
from branches.models.scope import SEEING_ROLES, STEP
from branches.models.window import CODE_ALPHABET
from common.models import Publishable, PublishableQuerySet
from common.models.publication import signers


def new_show_code():
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))


class ShownQuerySet(PublishableQuerySet):
    def visible_to(self, person):
        """One's own, what lies in one's scope, and what was published for one to read."""
        homes = home_paths(person)
        roots = tuple({path[:STEP] for path in homes})
        read = (under(homes, "organisation__path") & Q(visibility="branch")) | (
            under(roots, "organisation__path") & Q(visibility__in=["organisation", "public"])
        )
        return self.filter(
            Q(written_by=person)
            | under(scope_paths(person, *SEEING_ROLES), "organisation__path")
            | (Q(state__in=["live", "replaced", "down"]) & read)
        )

    def newest(self):
        """One row for each thing: its newest version."""
        later = self.model.objects.filter(
            code=models.OuterRef("code"), version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(later))


class Shown(Publishable):
    """What a unit shows in public. A change is a new version; the old one hangs until that is published."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="shown_%(class)ss", verbose_name="所属组织"
    )
    code = models.CharField("公开短码", max_length=12, default=new_show_code)
    version = models.PositiveSmallIntegerField("版次", default=1)

    is_revisable = True
    objects = ShownQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = True
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(fields=["code", "version"], name="%(class)s_version_unique"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(state="live"), name="%(class)s_one_live"
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state__in=["draft", "proposed", "checked", "returned"]),
                name="%(class)s_one_in_work",
            ),
        ]

    def replace_earlier(self, *, at):
        """The version that hung until now makes room."""
        type(self).objects.filter(code=self.code, state="live").exclude(pk=self.pk).update(
            state=self.State.REPLACED
        )

    def public_texts(self):
        """Every text of the row, but what the gate itself wrote."""
        own = [
            field
            for field in self._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and field.name not in NOT_SHOWN | self.private_fields
        ]
        return {field.verbose_name: getattr(self, field.name) for field in own}

    private_fields = frozenset()  # shown masked, or not at all

    def next_version(self, *, by, at):
        """An unsaved draft with the same content."""
        fields = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in signers() and not field.primary_key
        }
        fields |= {"version": self.version + 1, "written_by_id": by.pk, "written_at": at}
        return type(self)(**fields)


NOT_SHOWN = {"code", "note", "down_reason"}
