from common.models import Heartbeat


def note_heartbeat(*, at):
    """The sweeper's step: somebody is awake. Health pages read when that was last so."""
    Heartbeat.objects.update_or_create(name="sweeper", defaults={"at": at})
    return 1
