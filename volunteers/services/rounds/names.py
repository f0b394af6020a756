"""The names in the draw, one for each person, by chance and without meaning; sealed when choosing closes."""

from hashlib import sha256

from volunteers.models import Round


def write_names(row: Round) -> bytes:
    """Every name of the round in one line each, sorted. A person who left every request keeps theirs."""
    names = sorted(map(str, row.entries.values_list("public_id", flat=True)))
    return "".join(f"{name}\n" for name in names).encode()


def hash_names(row: Round) -> str:
    return sha256(write_names(row)).hexdigest()
