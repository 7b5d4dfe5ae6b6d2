"""Makes small PDFs for tests: text by page, or any content, with what the file says of itself."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

__all__ = ["pdf_of", "pdf_of_contents"]


def pdf_of(pages: Sequence[str], *, information: Mapping[str, str] | None = None, lang: str | None = None) -> bytes:
    """Return a PDF with these texts, a line of text a line of the page."""
    return pdf_of_contents([_shown(page) for page in pages], information=information, lang=lang)


def pdf_of_contents(
    contents: Sequence[bytes], *, information: Mapping[str, str] | None = None, lang: str | None = None
) -> bytes:
    """Return a PDF whose pages have these content streams."""
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(contents)))
    objects: list[bytes] = [
        f"<</Type/Catalog/Pages 2 0 R{f'/Lang({lang})' if lang else ''}>>".encode(),
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for place, content in enumerate(contents):
        packed = zlib.compress(content)
        resources = "<</Font<</F1 3 0 R>>>>"
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources{resources}/Contents {5 + 2 * place} 0 R>>"
        objects += [
            page.encode(),
            f"<</Length {len(packed)}/Filter/FlateDecode>>\nstream\n".encode() + packed + b"\nendstream",
        ]
    entries = "".join(f"/{key}({value})" for key, value in (information or {}).items())
    objects.append(f"<<{entries}>>".encode())
    return _file(objects)


def _shown(page: str) -> bytes:
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in page.split("\n")]
    shown = b"".join(b"(" + line.encode("cp1252") + b") Tj T*\n" for line in lines)
    return b"BT /F1 12 Tf 14 TL 50 700 Td\n" + shown + b"ET" if page else b""


def _file(objects: Sequence[bytes]) -> bytes:
    result = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(result))
        result += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    trailer = f"trailer\n<</Size {count}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(result)}\n%%EOF\n"
    return result + f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode() + trailer.encode()
