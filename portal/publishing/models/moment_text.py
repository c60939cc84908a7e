from datetime import UTC, datetime


def moment_text(moment: datetime) -> str:
    """A moment as hashes take it: in UTC, to the microsecond, the same from every database."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
