"""Turns the countries of Natural Earth, as TopoJSON, into `catalog/places/outlines.csv`: what a map of the world draws.

    python scripts/build_outlines.py COUNTRIES_JSON [--check]

* COUNTRIES_JSON is `countries-50m.json` of the package world-atlas 2.0.2 (Natural Earth 4.1.0, 1:50m, public domain).
* Projected by the Natural Earth polynomial (Šavrič, Jenny, Patterson, Petrovič and Hurni, 2011) about 11 degrees east,
  so that the cut falls into the Bering Strait; whole numbers; borders are simplified once for both neighbours, so that no gap opens between them.
* Countries too small to be seen become points. What has no outline there gets the coordinates written here.
* The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from telvet.catalog.places import read_places

Point = tuple[float, float]
Ring = list[Point]

PLACES = Path(__file__).resolve().parents[1] / "catalog" / "places"
HEADER = ("alpha3", "name", "kind", "path")
WIDTH, MARGIN = 4000, 20
MERIDIAN, SOUTH, NORTH = 11.0, -56.2, 83.7
DETAIL, LEAST_RING, LEAST_OUTLINE = 1.5, 5.0, 50.0
"""Square units: what a bend must span to stay, what a ring must, and what a country must to be more than a point."""

SPELLED = {
    "Antigua and Barb.": "ATG", "Ashmore and Cartier Is.": "AUS", "Bosnia and Herz.": "BIH", "Br. Indian Ocean Ter.": "IOT",
    "British Virgin Is.": "VGB", "Cayman Is.": "CYM", "Cook Is.": "COK", "Dem. Rep. Congo": "COD", "Dominican Rep.": "DOM",
    "Eq. Guinea": "GNQ", "Faeroe Is.": "FRO", "Falkland Is.": "FLK", "Fr. Polynesia": "PYF", "Fr. S. Antarctic Lands": "ATF",
    "Heard I. and McDonald Is.": "HMD", "Marshall Is.": "MHL", "N. Cyprus": "CYP", "N. Mariana Is.": "MNP", "Pitcairn Is.": "PCN",
    "S. Geo. and the Is.": "SGS", "S. Sudan": "SSD", "Solomon Is.": "SLB", "Somaliland": "SOM", "St-Martin": "MAF",
    "St. Kitts and Nevis": "KNA", "St. Pierre and Miquelon": "SPM", "St. Vin. and Gren.": "VCT", "Turks and Caicos Is.": "TCA",
    "U.S. Virgin Is.": "VIR", "W. Sahara": "ESH", "Wallis and Futuna Is.": "WLF", "Åland": "ALA",
}  # fmt: skip
LEFT_OUT = {"Antarctica": "below the map's edge", "Indian Ocean Ter.": "two codes; see POINTS"}
CODELESS = {"Siachen Glacier"}
POINTS = {  # longitude, latitude
    "BVT": (3.4, -54.4), "CCK": (96.8, -12.2), "CXR": (105.6, -10.5), "GIB": (-5.35, 36.14), "TKL": (-171.8, -9.2), "TUV": (179.2, -8.5),
}  # fmt: skip


def natural_earth(longitude: float, latitude: float) -> Point:
    """Project degrees from the central meridian; the globe's radius is 1 and south is down."""
    east, north = math.radians(longitude), math.radians(latitude)
    square = north**2
    fourth = square**2
    x = east * (0.870700 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)))
    y = north * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
    return x, -y


HALF = natural_earth(180, 0)[0]
SCALE = (WIDTH - 2 * MARGIN) / (2 * HALF)
TOP = natural_earth(0, NORTH)[1]
HEIGHT = round((natural_earth(0, SOUTH)[1] - TOP) * SCALE) + 2 * MARGIN


def on_canvas(longitude: float, latitude: float) -> Point:
    """Project degrees from the central meridian onto the canvas."""
    x, y = natural_earth(longitude, latitude)
    return (x + HALF) * SCALE + MARGIN, (y - TOP) * SCALE + MARGIN


def from_meridian(longitude: float) -> float:
    """Return a longitude counted from the map's central meridian, from -180 up to 180."""
    return (longitude - MERIDIAN + 180) % 360 - 180


def read_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Decode, project and simplify every arc; an arc that crosses the cut goes on beyond the edge."""
    (scale_x, scale_y), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        xs, ys = (list(accumulate(step[axis] for step in steps)) for axis in (0, 1))
        turned = [from_meridian(x * scale_x + left) for x in xs]
        east = [turned[0]]
        for before, now in pairwise(turned):
            east.append(east[-1] + (now - before + 180) % 360 - 180)
        arcs.append(simplified([on_canvas(x, y * scale_y + low) for x, y in zip(east, ys, strict=True)]))
    return arcs


def simplified(line: Ring) -> Ring:
    """Drop the points whose triangle with their neighbours is smallest, one after the other (Visvalingam and Whyatt)."""
    points = list(line)
    areas = [math.inf, *(triangle(points, at) for at in range(1, len(points) - 1)), math.inf]
    while len(points) > 2 and (least := min(areas)) < DETAIL:  # noqa: PLR2004 - the ends stay
        at = areas.index(least)
        del points[at], areas[at]
        for near in (at - 1, at):
            if 0 < near < len(points) - 1:
                areas[near] = max(least, triangle(points, near))
    return points


def triangle(points: Ring, at: int) -> float:
    """Return the area that the point spans with its neighbours."""
    return abs(area(points[at - 1 : at + 2]))


def area(ring: Ring) -> float:
    """Return the signed area of a ring."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]])) / 2


def middle(ring: Ring) -> Point:
    """Return the centre of a ring's area, or of its points where it spans none."""
    whole = area(ring)
    if not whole:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    turns = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise([*ring, ring[0]])]
    x, y = (sum((a[axis] + b[axis]) * turn for a, b, turn in turns) / (6 * whole) for axis in (0, 1))
    return x, y


def rings_of(chains: list[list[int]], arcs: list[Ring]) -> list[Ring]:
    """Return the rings that chains of arcs make; what lies side by side is joined along the arcs walked both ways."""
    walked = {arc for chain in chains for arc in chain}
    if any(~arc in walked for arc in walked):
        chains = stitched(
            {way[0]: (arc, way[-1]) for arc in sorted(walked) if ~arc not in walked for way in [walk(arc, arcs)]}
        )
    return [[point for arc in chain for point in walk(arc, arcs)[:-1]] for chain in chains]


def walk(arc: int, arcs: list[Ring]) -> Ring:
    """Return the points of an arc; a negative number walks its complement backwards."""
    return arcs[arc] if arc >= 0 else arcs[~arc][::-1]


def stitched(onward: dict[Point, tuple[int, Point]]) -> list[list[int]]:
    """Chain arcs, each known by where it starts and ends, to closed chains."""
    chains = []
    while onward:
        start, (arc, at) = onward.popitem()
        chain = [arc]
        while at != start:
            arc, at = onward.pop(at)
            chain.append(arc)
        chains.append(chain)
    return chains


def path_of(rings: list[Ring]) -> str:
    """Write rings as SVG path data in whole numbers, largest first; what is too small to be seen is left out."""
    whole = [[(round(x), round(y)) for x, y in ring] for ring in rings if abs(area(ring)) >= LEAST_RING]
    drawn = []
    for ring in sorted(whole, key=lambda ring: (-abs(area([(x, y) for x, y in ring])), ring)):
        steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(ring) if (ax, ay) != (bx, by)]
        if len(steps) > 1:
            numbers = "".join(f"{x:+d}{y:+d}" for x, y in steps)
            drawn.append(f"M{ring[0][0]} {ring[0][1]}l{compact(numbers)}z")
    return "".join(drawn)


def compact(numbers: str) -> str:
    """Put a space, or nothing before a minus sign, between signed numbers."""
    return numbers.replace("+", " ").lstrip()


def rows(topology: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the canvas and a row for every country, and for every area without a code."""
    places, arcs = read_places(), read_arcs(topology)
    chains: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name in LEFT_OUT:
            continue
        code = "" if name in CODELESS else SPELLED.get(name) or places.alpha3(name)
        if code is None:
            sys.exit(f"{name}: no country goes by this name; write its code into SPELLED")
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        chains[code, places.names.get(code, name)] += [ring for polygon in polygons for ring in polygon]
    yield "", "", "canvas", f"0 0 {WIDTH} {HEIGHT}"
    points = {(code, places.names[code]): on_canvas(from_meridian(x), y) for code, (x, y) in POINTS.items()}
    for key in sorted(chains | points):
        rings = rings_of(chains.get(key, []), arcs)
        if key[0] and sum(map(area, rings)) ** 2 < LEAST_OUTLINE**2:
            x, y = points.get(key) or middle(max(rings, key=lambda ring: abs(area(ring))))
            yield (*key, "point", f"M{round(x)} {round(y)}")
        else:
            yield (*key, "outline", path_of(rings))


def main() -> int:
    """Write the file, or with --check tell whether it is what the outlines give."""
    parser = argparse.ArgumentParser(description="Build the outlines of the world map.")
    parser.add_argument("countries", type=Path, help="countries-50m.json of the package world-atlas")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the file would change")
    options = parser.parse_args()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows(json.loads(options.countries.read_text(encoding="utf-8"))))
    target = PLACES / "outlines.csv"
    if options.check:
        return 0 if target.exists() and target.read_text(encoding="utf-8") == text.getvalue() else 1
    target.write_text(text.getvalue(), encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
