import hashlib

from django.core.cache import cache


def is_over_limit(what: str, most: int, seconds: int) -> bool:
    """Count one more of `what` and say whether that is more than `most` within `seconds` of the first."""
    key = f"limit-{hashlib.blake2s(what.encode(errors='replace'), digest_size=16).hexdigest()}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out in between
        return False
