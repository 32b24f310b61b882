"""`python -m benchmarks.citizen_worker PERIOD NUMBER`: one of several citizens' processes."""

import sys


def main():
    import django  # noqa: PLC0415 (settings come from the environment)

    django.setup()
    from benchmarks.citizen_cases import worker  # noqa: PLC0415
    from campaigns.models import Period  # noqa: PLC0415

    pk, number = map(int, sys.argv[1:])
    worker(Period.objects.select_related("campaign", "scheme_version").get(pk=pk), number)


if __name__ == "__main__":
    main()
