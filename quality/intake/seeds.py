# SPDX-License-Identifier: Apache-2.0
"""Five real articles on one event, whose annotation has a form of its own; they are read where they are at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from quality.intake import corpus as sets
from quality.intake.corpus import (
    Corpus,
    GoldConflict,
    GoldDate,
    GoldFact,
    GoldPaper,
    GoldQuote,
    GoldStory,
    GoldValue,
    Main,
    Measure,
    Window,
)

VARIABLE = "DEBAR_CORPUS"
BESIDE = Path(__file__).parents[3] / "shared" / "corpus"
"""Where the corpus lies if it was put beside the project."""
GOLD = "seeds-gold.json"
ROLES = {"start": "from"}
"""Words of that annotation for ours: what starts on a day holds from it on."""
TYPES = {"aspect (start vs end)": "aspect", "attribution": "party"}
EDGE = 48
"""Characters that tell the ends of the main text."""


def folder() -> Path:
    """Give where the articles are."""
    return Path(os.environ.get(VARIABLE) or BESIDE) / "seeds"


def read() -> Corpus | None:
    """Give the articles; None where they are not at hand."""
    file = folder() / GOLD
    if not file.exists():
        return None
    raw = json.loads(file.read_text(encoding="utf-8"))
    story = GoldStory(
        story="kaspersky-us",
        measure=Measure(supplier="kaspersky", jurisdiction="us"),
        documents=tuple(_paper(article) for article in raw["articles"]),
        conflicts=tuple(_conflict(one, {a["id"]: a["file"] for a in raw["articles"]}) for one in raw["conflicts"]),
    )
    return Corpus(sets.SEEDS, (folder(),), (story,))


def _paper(article: dict[str, Any]) -> GoldPaper:
    text = (folder() / article["file"]).read_text(encoding="utf-8")
    start, end = article["main"]
    published = article["published"]
    return GoldPaper(
        file=article["file"],
        title=article["title"]["text"] if article["title"] and article["title"].get("text") else "",
        publisher=article["publisher"]["value"] or "",
        published=Window(**{key: published[key] or "" for key in ("value", "earliest", "latest")}),
        main=Main(first=_around(text, start, start + EDGE), last=_around(text, end - EDGE, end)),
        has_all_dates=False,
        boilerplate=tuple(
            one["text"] for one in article["boilerplate"] if start <= one["start"] < end and "text" in one
        ),
        dates=tuple(_dates(article, text)),
        facts=tuple(fact for one in article["facts"] for fact in _facts(one)),
        quotes=tuple(
            GoldQuote(text=q["span"]["text"], cluster=q["cluster"], speaker=q["speaker"]) for q in article["quotes"]
        ),
    )


def _dates(article: dict[str, Any], text: str) -> list[GoldDate]:
    """Give the dates of acts, each once, in the order of the text; those that no words give are left out."""
    found: dict[tuple[int, str], GoldDate] = {}
    for fact in article["facts"]:
        evidence = fact["evidence"][0]
        for date in fact["dates"]:
            near = text.find(date["text"], evidence["start"])
            place = near if 0 <= near < evidence["end"] else text.find(date["text"])
            if place >= 0:
                gold = GoldDate(
                    text=date["text"],
                    value=date["value"],
                    precision=date["precision"],
                    at=_around(text, max(0, place - EDGE), place + len(date["text"]) + 1),
                )
                found[place, date["value"]] = gold
    return [found[key] for key in sorted(found)]


def _around(text: str, start: int, end: int) -> str:
    """Give a slice with the words that it cuts at its ends."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip()


def _facts(fact: dict[str, Any]) -> list[GoldFact]:
    """Give one act for each of its dates."""
    said_by = tuple(fact["said_by"])
    evidence = fact["evidence"][0]["text"]
    whole = {"act": fact["act"], "evidence": evidence, "said_by": said_by, "polarity": fact["polarity"]}
    if not fact["dates"]:
        return [GoldFact(**whole)]
    return [GoldFact(**whole, date=date["value"], role=ROLES.get(date["role"], date["role"])) for date in fact["dates"]]


def _conflict(conflict: dict[str, Any], files: dict[str, str]) -> GoldConflict:
    severity = "material" if conflict["severity"].startswith("material") else "minor"
    return GoldConflict(
        type=TYPES.get(conflict["type"], conflict["type"]),
        severity=severity,
        values=tuple(
            GoldValue(
                value=str(one["value"]), documents=tuple({files[fact.split(".")[0]]: None for fact in one["facts"]})
            )
            for one in conflict["values"]
        ),
    )
