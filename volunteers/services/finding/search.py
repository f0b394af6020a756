"""The list of open requests: what a person asked for, in the order that is best for them."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest

from ui.keyset import KeysetPage, paginate_by_key
from volunteers.models import RequestListing, VolunteerRequest
from volunteers.models.listing import ListingQuerySet
from volunteers.services.finding.choices import SECONDS
from volunteers.services.finding.filters import Filters, Order, list_conditions
from volunteers.services.finding.points import rate_in_database
from volunteers.services.finding.seeker import Seeker

PAGE_SIZE = 10
KEY = ("-score", "-opened_at", "-pk")
# Of the first page two places at least are of offices that few have seen; by then at the latest they stand there.
LIFTED_PLACES = (4, 9)


@dataclass(frozen=True)
class Found:
    """One page: `listings` with their requests, `total` of all pages."""

    page: KeysetPage[RequestListing]
    listings: list[RequestListing]
    total: int

    @property
    def requests(self) -> list[VolunteerRequest]:
        return [listing.request for listing in self.listings]


def search(filters: Filters, seeker: Seeker) -> ListingQuerySet:
    """Open requests that meet every filter, with their `score` for this person."""
    conditions = Q(*list_conditions(filters, seeker).values())
    return RequestListing.objects.open().filter(conditions).annotate(score=rate_in_database(seeker))


def find_page(filters: Filters, seeker: Seeker, request: HttpRequest) -> Found:
    """The page that the request's cursor asks for. Six queries at most, whatever the size of the list."""
    found = search(filters, seeker)
    total = found.count()
    lifted = find_lifted(found) if filters.order == Order.BEST and is_anything_lifted() else []
    ranked = found.exclude(pk__in=[listing.pk for listing in lifted]) if lifted else found
    page = paginate_by_key(ranked, request, by=filters.keys, size=PAGE_SIZE)
    listings = page.items if page.previous_cursor else put_in(lifted, page.items)
    return Found(page, with_requests(listings), total)


def find_best(filters: Filters, seeker: Seeker, limit: int) -> list[RequestListing]:
    """The best few, with their requests."""
    return with_requests(list(search(filters, seeker).order_by(*KEY)[:limit]))


def is_anything_lifted() -> bool:
    """Marked once a day, so it is asked once in ten minutes."""
    found = cache.get_or_set("finding:lifted", RequestListing.objects.filter(is_lifted=True).exists, SECONDS)
    return bool(found)


def find_lifted(found: ListingQuerySet) -> list[RequestListing]:
    """The best for this person among the requests of offices that few have seen."""
    return list(found.filter(is_lifted=True).order_by(*KEY)[: len(LIFTED_PLACES)])


def put_in(lifted: list[RequestListing], ranked: list[RequestListing]) -> list[RequestListing]:
    """Each lifted row at the place it has by its points, or at the place kept for it where that is higher."""
    rows = list(ranked)
    for place, listing in zip(LIFTED_PLACES, lifted, strict=False):
        by_points = sum(1 for row in rows if key_of(row) > key_of(listing))
        rows.insert(min(by_points, place), listing)
    return rows


def with_requests(listings: list[RequestListing], *, in_full: bool = False) -> list[RequestListing]:
    """The same rows, each with its request ready to be shown; those closed a moment ago are left out. Two queries, one
    more for all that the page of a request shows.
    """
    rows = VolunteerRequest.objects.open().filter(pk__in=[listing.pk for listing in listings])
    requests = {request.pk: request for request in (rows.for_page() if in_full else rows.for_list())}
    for listing in listings:
        if listing.pk in requests:
            listing.request = requests[listing.pk]
            listing.request.listing = listing
    return [listing for listing in listings if listing.pk in requests]


def key_of(listing: RequestListing) -> tuple[int, object, int]:
    """What the best order sorts by, the largest first."""
    score: int = listing.score  # type: ignore[attr-defined]
    return score, listing.opened_at, listing.pk
