"""An assessment into one JSON document: the run, its account, then the findings.

* The findings are written as they come, one line each; they are never all held.
* The same assessment gives the same bytes: no clock, no locale, settled orders.
"""

from __future__ import annotations

import json
from typing import TextIO

from telvet.model.finding import Assessment
from telvet.reporting.jsonl import finding_line
from telvet.reporting.run import account_object, run_object

__all__ = ["write"]


def write(assessment: Assessment, out: TextIO) -> None:
    """Write the whole assessment as one JSON object."""
    head = {**run_object(assessment), **account_object(assessment)}
    out.write("{\n")
    out.writelines(f" {json.dumps(key)}: {_value(value)},\n" for key, value in head.items())
    out.write(' "findings": [')
    between = "\n  "
    for finding in assessment.findings():
        out.write(between + finding_line(finding))
        between = ",\n  "
    out.write("\n ]\n}\n")


def _value(value: object) -> str:
    """Write a list or object of objects a line each, everything else on one line."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n  " + ",\n  ".join(json.dumps(part, ensure_ascii=False) for part in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)
