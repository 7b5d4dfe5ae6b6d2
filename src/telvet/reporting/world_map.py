"""Positions of countries into a map of the world: one SVG that needs nothing else.

* No script, font, image or address; the same marks give the same bytes.
* Positions differ by lightness as well as by hue, so that print and any eye tell them apart. What is undecided, unknown or
  disputed has a pattern.
* A country of which nothing is known is pale, and says so; a mark whose country has no outline is named below the map.
* Every country tells its position when pointed at; the description lists them for those who do not see the map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import TextIO

from telvet.catalog.outlines import Outline, Outlines, read_outlines
from telvet.reporting.markup import text
from telvet.reporting.words import counted, listed, number

__all__ = ["POSITIONS", "Mark", "write"]

POSITIONS = {
    "banned": "shut out",
    "restricted": "in part",
    "conditional": "needs leave",
    "permitted": "let in",
    "undecided": "still open",
    "unknown": "none decides",
}
"""What each position means, in the order of the legend."""

_NOTHING, _DISPUTED = "nothing known", "disputed"
_FILLS = {
    "banned": "#5e1230",
    "restricted": "#bd4a32",
    "conditional": "#f2bd5c",
    "permitted": "#5a97c9",
    "undecided": "#e3e4e0",
    "unknown": "#eeeeea",
    "nothing": "#e4e4de",
}
_STYLE = """
text { font-family: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #1c1e21; }
.title { font-size: 84px; font-weight: 650; } .label { font-size: 40px; font-weight: 600; }
.small { font-size: 35px; fill: #5a6068; } .paper { fill: #fdfdfb; } .dot { fill: #7b838c; }
g path, g circle { stroke: #fdfdfb; stroke-width: 2.4; stroke-linejoin: round; fill-rule: evenodd; }
.nothing circle { stroke-width: 1; }
.swatch { stroke: #8d949c; stroke-width: 2; } g .edge { stroke: #1c1e21; stroke-width: 2.5; }
.hatch { stroke: #6d747c; stroke-width: 5; } .stripe { stroke: #fdfdfb; stroke-width: 7; stroke-opacity: .62; }
"""
_MARGIN, _TITLE, _AFTER_TITLE, _LINE, _SWATCH = 80, 100, 84, 58, 84
_TITLE_LETTERS, _SMALL_LETTERS = 68, 175
_MARKED, _PALE = 15, 6
_STEP = 18


@dataclass(frozen=True, slots=True)
class Mark:
    """What the map says of a country."""

    name: str
    position: str
    since: str | None = None
    until: str | None = None
    disputed: bool = False
    note: str = ""
    """More for whoever points at it."""

    def told(self) -> str:
        """Say it in a line."""
        since = f"since {self.since}" if self.since else ""
        until = f"until {self.until}" if self.until else ""
        said = ", ".join(filter(None, (self.position, since, until, _DISPUTED if self.disputed else "")))
        return f"{self.name}: {said}" + (f"; {self.note}" if self.note else "")

    def css(self) -> str:
        """Return the class of its colour; a word that the legend does not know is drawn as unknown."""
        position = self.position if self.position in POSITIONS else "unknown"
        return f"{position}-{_DISPUTED}" if self.disputed else position


def write(marks: Mapping[str, Mark], title: str, about: str, out: TextIO) -> None:
    """Write the map of marks, which are given by alpha-3, below a title and what it is about."""
    shapes = read_outlines()
    top, head = _lines(_head(title, about), _MARGIN)
    legend_at = top + shapes.height + _LINE
    below, legend = _legend(marks, shapes, legend_at)
    height, foot = _lines([("small", line) for line in _foot(marks, shapes)], below)
    size = f'viewBox="0 0 {shapes.width} {height}"'
    out.write(f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="map-title map-about" {size}>\n')
    out.write(
        f'<title id="map-title">{text(title)}</title>\n<desc id="map-about">{text(_described(marks, about))}</desc>\n'
    )
    out.write(f"<style>{_STYLE}{_fills()}</style>\n<defs>\n")
    out.writelines(f"{pattern}\n" for pattern in _patterns())
    out.write(f'</defs>\n<rect class="paper" width="{shapes.width}" height="{height}"/>\n')
    out.writelines(f"{line}\n" for line in head)
    out.write(f'<g transform="translate(0 {top})">\n')
    out.writelines(f"{shape}\n" for shape in _countries(marks, shapes))
    out.write("</g>\n")
    out.writelines(f"{line}\n" for line in (*legend, *foot))
    out.write("</svg>\n")


def _head(title: str, about: str) -> list[tuple[str, str]]:
    titles = wrap(title, _TITLE_LETTERS) or [""]
    return [*(("title", line) for line in titles), *(("small", line) for line in wrap(about, _SMALL_LETTERS))]


def _lines(lines: list[tuple[str, str]], top: int) -> tuple[int, list[str]]:
    """Set lines of text one below the other; return where they end."""
    drawn, before = [], lines[0][0]
    for css, line in lines:
        top += _TITLE if css == "title" else _LINE if css == before else _AFTER_TITLE
        before = css
        drawn.append(_text(_MARGIN, top, css, line))
    return top + _LINE, drawn


def _countries(marks: Mapping[str, Mark], shapes: Outlines) -> Iterator[str]:
    """Draw what is pale first, so that no border of it lies over a mark, and points last."""
    known = [(shape, marks.get(code)) for code, shape in shapes.by_code.items()]
    areas = [pair for pair in known if not pair[0].point]
    points = [pair for pair in known if pair[0].point]
    for drawn in (areas, points):
        yield '<g class="nothing">'
        yield from (_shape(shape, "", f"{shape.name}: {_NOTHING}") for shape, mark in drawn if not mark)
        yield from (_shape(shape, "", shape.name) for shape in shapes.without_code if drawn is areas)
        yield "</g>"
        yield from (_shape(shape, mark.css(), mark.told()) for shape, mark in drawn if mark)


def _shape(shape: Outline, css: str, told: str) -> str:
    label = f"<title>{text(told)}</title>"
    painted = f' class="{css}"' if css else ""
    if shape.point:
        x, y = shape.point
        edge = f' class="edge {css}"' if css else ""
        return f'<circle{edge} cx="{x}" cy="{y}" r="{_MARKED if css else _PALE}">{label}</circle>'
    return f'<path{painted} d="{text(shape.path)}">{label}</path>'


def _legend(marks: Mapping[str, Mark], shapes: Outlines, top: int) -> tuple[int, list[str]]:
    """Draw what the colours mean and how many countries have each; return where that ends."""
    counts = dict.fromkeys(POSITIONS, 0)
    for mark in marks.values():
        counts[mark.css().removesuffix(f"-{_DISPUTED}")] += 1
    rest = len(shapes.by_code.keys() - marks.keys())
    disputed = sum(mark.disputed for mark in marks.values())
    items = [(css, css, counts[css], means) for css, means in POSITIONS.items()]
    items += [("nothing", _NOTHING, rest, "no statement"), (f"banned-{_DISPUTED}", _DISPUTED, disputed, "contradicted")]
    drawn = []
    step = (shapes.width - 2 * _MARGIN) // len(items)
    for at, (css, name, count, means) in enumerate(items):
        x = _MARGIN + at * step
        size = f'width="{_SWATCH}" height="{_SWATCH}" rx="10"'
        drawn += [
            f'<rect class="swatch {css}" x="{x}" y="{top}" {size}/>',
            _text(x + _SWATCH + 20, top + 34, "label", name),
            _text(x + _SWATCH + 20, top + 78, "small", f"{number(count)} \N{MIDDLE DOT} {means}"),
        ]
    return top + _SWATCH + _LINE, drawn


def _foot(marks: Mapping[str, Mark], shapes: Outlines) -> Iterator[str]:
    missing = "; ".join(marks[code].told() for code in sorted(marks.keys() - shapes.by_code.keys()))
    yield from wrap(f"Not on the map: {missing}." if missing else "", _SMALL_LETTERS)
    yield "Outlines: Natural Earth; nothing is said about the status of any territory. Small countries are points."


def _described(marks: Mapping[str, Mark], about: str) -> str:
    """Say in words what the map shows."""
    said = [about] if about else []
    for position in POSITIONS:
        names = sorted(
            mark.name + (f" ({_DISPUTED})" if mark.disputed else "")
            for mark in marks.values()
            if mark.css().removesuffix(f"-{_DISPUTED}") == position
        )
        if names:
            said.append(f"{position.capitalize()}: {listed(names, len(names))}.")
    return " ".join([*said, f"{counted(len(marks), 'country', 'countries')} marked."])


def _fills() -> str:
    plain = (f".{css} {{ fill: {colour}; }}\n" for css, colour in _FILLS.items() if css not in _PATTERNED)
    patterned = (*_PATTERNED, *(f"{css}-{_DISPUTED}" for css in POSITIONS))
    return "".join((*plain, *(f".{css} {{ fill: url(#{css}); }}\n" for css in patterned)))


def _patterns() -> Iterator[str]:
    """Make the patterns of what is open, and of every position as disputed."""
    size = f'width="{_STEP}" height="{_STEP}"'
    for css in (*_PATTERNED, *(f"{css}-{_DISPUTED}" for css in POSITIONS)):
        base = css.removesuffix(f"-{_DISPUTED}")
        inside = f'<rect {size} fill="{_FILLS[base]}"/>{_PATTERNED.get(base, "")}'
        inside += f'<path class="stripe" d="M0 {_STEP // 2}h{_STEP}"/>' if base != css else ""
        yield f'<pattern id="{css}" {size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">{inside}</pattern>'


_PATTERNED = {
    "undecided": f'<path class="hatch" d="M{_STEP // 2} 0v{_STEP}"/>',
    "unknown": "".join(f'<circle class="dot" cx="{at}" cy="{at}" r="3.4"/>' for at in (_STEP // 4, _STEP * 3 // 4)),
}


def _text(x: int, y: int, css: str, line: str) -> str:
    return f'<text class="{css}" x="{x}" y="{y}">{text(line)}</text>'
