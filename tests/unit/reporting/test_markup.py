from __future__ import annotations

import json

from telvet.model.status import Force, Grade, Status
from telvet.reporting.markup import Head, badge, bullets, data_script, section, small, table, text


def test_a_text_is_escaped_and_cannot_turn_around() -> None:
    assert text("<b a='\"'>&\u202e") == "&lt;b a=&#x27;&quot;&#x27;&gt;&amp;\ufffd"


def test_data_cannot_end_the_script_it_stands_in() -> None:
    data = {"operator": "</script><!--<script>", "line": "\u2028"}
    script = data_script(data)
    assert "<" not in script
    assert json.loads(script) == data


def test_a_table_has_a_caption_scoped_heads_and_labelled_cells() -> None:
    made = table("What & why", (Head("Law"), Head("Rows", "n")), [("a", "1")], "cards")
    assert "<caption>What &amp; why</caption>" in made
    assert '<th scope="col" class="n">Rows</th>' in made
    assert '<th scope="row">a</th><td class="n" data-label="Rows">1</td>' in made


def test_a_badge_says_its_status_in_words() -> None:
    assert "would contravene (not law)" in badge(Status.CONTRAVENTION, Force.SCENARIO)
    assert "source unverified" in badge(Status.DUE, Force.BINDING, Grade.UNVERIFIED)


def test_nothing_makes_no_markup() -> None:
    assert (bullets([]), small("")) == ("", "")


def test_a_section_is_named_by_its_heading() -> None:
    assert section("due", "What falls due", "x").startswith(
        '<section id="due" aria-labelledby="due-h">\n<h2 id="due-h">'
    )
