"""Where events were: the list of places, and one with what its name could have meant."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.browsing.records import Candidate, EventOrder, PlaceOrder, PlaceRow
from casus.casebook.features import folded_name
from casus.errors import NotInCasebook
from casus.output.precision import COUNTRY, radius_km_of
from casus.web.access import Reader, Right
from casus.web.filters import Filters, query_of
from casus.web.privacy import visible_anywhere
from casus.web.rendering import Shown, page, shown_for
from casus.web.views.field_forms import PRECISIONS
from casus.web.views.lines import event_lines
from casus.web.views.listing import AT_ONCE, Column, list_state
from casus.web.views.points import MapPoint
from casus.web.workbench import Bench

router = APIRouter()

COLUMNS: tuple[Column[PlaceOrder], ...] = (
    Column("Place", PlaceOrder.NAME),
    Column("Unit"),
    Column("Country", PlaceOrder.COUNTRY),
    Column("Events", PlaceOrder.EVENTS, is_number=True, starts_descending=True),
    Column("Killed", PlaceOrder.KILLED, is_number=True, starts_descending=True),
    Column("How exact", PlaceOrder.PRECISION),
)
_NEWEST = 10
_NOUN = "places"


@router.get("/places")
def listed(request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """The places of all events, searched, sorted, a part at a time."""
    browse, sees = bench.book.browse, person.may(Right.SEE_WITHHELD)
    shown = shown_for(request.headers.get("accept-language", ""))
    state = list_state("/places", COLUMNS, PlaceOrder.EVENTS, request.query_params, ("text", "country"))
    countries = browse.place_countries(sees_withheld=sees)
    country = next((one for one in countries if one == state.kept.get("country")), None)
    found = browse.places(
        state.kept.get("text"),
        country,
        order=state.order,
        descending=state.descending,
        offset=state.offset,
        limit=AT_ONCE,
        sees_withheld=sees,
    )
    return page(
        request,
        "places.html",
        person,
        state=state,
        country=country,
        countries=sorted(((code, shown.country(code)) for code in countries), key=lambda one: one[1]),
        places=visible_anywhere(person, found.places, bench.book.withheld()),
        total=found.total,
        limit=AT_ONCE,
        address=place_address,
        precisions=precision_words(),
    )


@router.get("/places/{place_id:path}")
def one(place_id: str, request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """A place by its number in GeoNames, or by its name where it has none there."""
    browse = bench.book.browse
    country = request.query_params.get("country") or None
    found = browse.place(place_id, country, sees_withheld=person.may(Right.SEE_WITHHELD))
    if not found:
        raise NotInCasebook("no event is at such a place")
    first = found[0]
    filters = (
        Filters(geonames_id=first.geonames_id)
        if first.geonames_id is not None
        else Filters(place=first.name, country=first.country)
    )
    wanted = filters.wanted(person)
    shown = shown_for(request.headers.get("accept-language", ""))
    found, candidates = visible_anywhere(
        person, (found, browse.candidates(first.name, first.country)), bench.book.withheld()
    )
    newest = browse.page(wanted, EventOrder.DAY, descending=True, limit=_NEWEST)
    return page(
        request,
        "place.html",
        person,
        place=found[0],
        parts_of=found,
        filters=filters,
        events=sum(row.events for row in found),
        killed=_sum(row.killed_best for row in found),
        candidates=candidates,
        points=[*_own_point(found[0]), *_points(candidates, found[0], shown)],
        precisions=precision_words(),
        drawn=drawn_words(found[0].precision),
        newest=event_lines(newest.events, person, bench.book.withheld()),
    )


def place_address(place: PlaceRow) -> str:
    """The page of a place."""
    if place.geonames_id is not None:
        return f"/places/{place.geonames_id}"
    return f"/places/{quote(folded_name(place.name) or place.name)}{query_of({'country': place.country})}"


def precision_words() -> dict[int, str]:
    """How exactly a place is known, by UCDP's where_prec."""
    return {int(code): words.partition(": ")[2] for code, words in PRECISIONS}


def drawn_words(precision: int | None) -> str:
    """How the map draws a place that is known so exactly."""
    if precision == COUNTRY:
        return "the outline of the country, since no place within it is known"
    radius = radius_km_of(precision)
    if radius is not None:
        return f"a ring with a dashed circle of {radius} km around it, somewhere within which it was"
    return "a point"


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _own_point(place: PlaceRow) -> list[MapPoint]:
    if place.latitude is None or place.longitude is None:
        return []
    point = MapPoint(
        latitude=place.latitude, longitude=place.longitude, label=f"{place.name}, as it is drawn", noun=_NOUN
    )
    if place.precision == COUNTRY and place.country:
        point["country"] = place.country
    elif radius := radius_km_of(place.precision):
        point["radius_km"] = radius
    return [point]


def _points(candidates: tuple[Candidate, ...], place: PlaceRow, shown: Shown) -> list[MapPoint]:
    """The candidates that have a point, but for the place itself."""
    return [
        MapPoint(
            latitude=one.latitude,
            longitude=one.longitude,
            noun=_NOUN,
            label=f"{one.name or 'no name'}, {one.adm1 or shown.country(one.country)}: "
            + (f"chosen in {one.chosen}" if one.chosen else "passed over"),
        )
        for one in candidates
        if one.latitude is not None
        and one.longitude is not None
        and (one.latitude, one.longitude) != (place.latitude, place.longitude)
    ]
