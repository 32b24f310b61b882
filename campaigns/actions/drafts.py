"""A plan is written in the workshop and published as a new version."""

from django.db import IntegrityError, transaction

from campaigns.actions.schemes import SchemeRefusedError, digest_of, load_scheme
from campaigns.models import Scheme, SchemeDraft
from campaigns.models.document import Problem
from common import audit


class DraftMoved(Exception):
    """Somebody else saved in between; `draft` is what stands there now."""

    def __init__(self, draft):
        self.draft = draft
        super().__init__(f"{draft.updated_by}刚刚改过这份草稿。")


class DraftRefused(Exception):
    """The draft cannot be started or published as asked; the text says what to change."""


@transaction.atomic
def start_draft(document, *, organisation, based_on, scheme, by, at):  # noqa: PLR0913
    """Open a draft: of an existing scheme (`scheme`), or of a new one that no scheme is called like."""
    if scheme is None and Scheme.objects.filter(slug=document.slug).exists():
        raise DraftRefused(f"代号“{document.slug}”已经有方案在用，请换一个。")
    draft = SchemeDraft(
        slug=document.slug,
        name=document.name,
        organisation=organisation,
        scheme=scheme,
        based_on=based_on,
        document=plain(document),
        updated_at=at,
        updated_by=by,
    )
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        raise DraftRefused(f"代号“{document.slug}”已经有一份草稿，请换一个。") from error
    audit.record("拟方案草稿", draft, by=by, at=at, path=organisation.path)
    return draft


@transaction.atomic
def save_draft(draft, document, *, revision, by, at):
    """Store the whole document, unless somebody saved since `revision`."""
    draft = (
        SchemeDraft.objects.select_for_update(of=("self",))
        .select_related("updated_by", "organisation", "scheme")
        .get(pk=draft.pk)
    )
    if draft.revision != revision:
        raise DraftMoved(draft)
    _refuse_slug(draft, document.slug)
    content = plain(document)
    if content != draft.document:
        draft.document, draft.slug, draft.name = content, document.slug, document.name
        draft.revision += 1
        draft.updated_at, draft.updated_by = at, by
        draft.save()
        detail = {"修订": draft.revision}
        audit.record(
            "修改方案草稿", draft, by=by, at=at, path=draft.organisation.path, detail=detail
        )
    return draft


@transaction.atomic
def publish_draft(draft, *, revision, by, at):
    """The draft as a new version of its scheme; the draft is done with."""
    draft = SchemeDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.revision != revision:
        raise DraftMoved(draft)
    _refuse_slug(draft, draft.slug)
    document = draft.plan
    newest = draft.scheme and draft.scheme.versions.order_by("-number").first()
    if newest and newest.digest == digest_of(document):
        raise DraftRefused(f"内容和第 {newest.number} 版完全一样，不必再发布。")
    version = load_scheme(document, by=by, at=at)
    audit.record("发布方案", version, by=by, at=at, path=draft.organisation.path)
    draft.delete()
    return version


@transaction.atomic
def drop_draft(draft, *, by, at):
    audit.record("删除方案草稿", draft, by=by, at=at, path=draft.organisation.path)
    draft.delete()


def plain(document):
    """The document as the forms edit it: what is said, defaults left out."""
    content = document.model_dump(mode="json", exclude_defaults=True)
    return {"format": document.format, "families": []} | content


def _refuse_slug(draft, slug):
    """A scheme keeps its slug; a new one takes none that is in use."""
    if draft.scheme_id:
        taken = slug != draft.scheme.slug
        reason = f"这是方案“{draft.scheme.slug}”的草稿，代号不能改；要另起一份，请以它为底稿新建"
    else:
        drafts = SchemeDraft.objects.filter(slug=slug).exclude(pk=draft.pk)
        taken = drafts.exists() or Scheme.objects.filter(slug=slug).exists()
        reason = f"代号“{slug}”已经有方案或草稿在用，请换一个"
    if taken:
        raise SchemeRefusedError([Problem(("slug",), reason)])
