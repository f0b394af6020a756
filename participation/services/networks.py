"""How often something came from one network. Who changes nothing but a cookie stays one network."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache
from django.utils.crypto import salted_hmac

SALT = "participation.network"


def count_from(address: str, what: str, span: timedelta) -> int:
    """Once more of `what` from this address; how many that makes since the first, for as long as `span`.

    Only the cache keeps it, under a salted hash that differs for everything counted.
    """
    seconds = int(span.total_seconds())
    network = salted_hmac(SALT, f"{what}:{_find_network(address)}", algorithm="sha256").hexdigest()
    key = f"network:{network}:{seconds}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two
        cache.set(key, 1, seconds)
        return 1


def _find_network(address: str) -> str:
    """A house has one address of the old kind, and very many of the new, whose first half is its own."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else str(found)
