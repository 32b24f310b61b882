from django.db import transaction

from common import audit
from evaluations.models import PeerComment


class CommentMoved(Exception):
    """Somebody else judged the comment in the meantime; the text is shown."""


@transaction.atomic
def moderate_comment(comment, *, show, by, at):
    """Let the person read it, or keep it back. The audit says that it was judged, never what it says."""
    state = PeerComment.State.SHOWN if show else PeerComment.State.HIDDEN
    moved = PeerComment.objects.filter(pk=comment.pk, state=PeerComment.State.WAITING).update(
        state=state
    )
    if not moved:
        raise CommentMoved("这条留言已经审过了。")
    audit.record(
        "审核互评留言",
        comment.round,
        by=by,
        at=at,
        path=comment.round.organisation.path,
        detail={"结果": state.label},
    )
