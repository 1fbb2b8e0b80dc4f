# SPDX-License-Identifier: Apache-2.0
"""Colours, hatches and letters of the picture, on light and on dark paper."""

from __future__ import annotations

from debar.model.vocab import Status

LIGHT = {
    "paper": "#ffffff",
    "band": "#f1f3f6",
    "grid": "#d4d9e0",
    "ink": "#1b1f24",
    "soft": "#525c68",
    "now": "#0b57d0",
    Status.PROHIBITED: "#b3261e",
    Status.LICENCE_REQUIRED: "#8e3a80",
    Status.REQUIRED: "#8f5300",
    Status.PERMITTED: "#1b7034",
    Status.ADVISED: "#1f62aa",
    Status.PROPOSED: "#5a626d",
}
"""Every colour of text has a contrast of at least 4.5 to paper and band, every other that means something 3."""
DARK = {
    "paper": "#14171c",
    "band": "#1f242c",
    "grid": "#39414c",
    "ink": "#e9ecf0",
    "soft": "#aab3be",
    "now": "#8ab4f8",
    Status.PROHIBITED: "#ff8a7a",
    Status.LICENCE_REQUIRED: "#e58fd4",
    Status.REQUIRED: "#f0b252",
    Status.PERMITTED: "#6fcf8a",
    Status.ADVISED: "#7cb7ff",
    Status.PROPOSED: "#b0b7c1",
}
_FIXED = """\
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
.halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}
.bold{font-weight:600}
.line{stroke-width:1;fill:none}
.today{stroke-width:1.5;stroke-dasharray:5 3;fill:none}
.hollow{stroke-width:1.5}"""
HATCHES = """\
<pattern id="hatch-secondary" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<path class="gap" stroke-width="1.8" d="M0 0V7"/></pattern>
<pattern id="hatch-doubtful" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">\
<path class="gap" stroke-width="6" d="M0 0V6"/></pattern>
<pattern id="hatch-suspended" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<path class="pale" stroke-width="1.4" d="M0 0V6"/></pattern>
<pattern id="hatch-unenforced" width="5" height="5" patternUnits="userSpaceOnUse">\
<path class="gap" stroke-width="5" d="M0 0V5"/></pattern>"""
"""What lies over a bar; each differs from the others in direction, width or colour of its lines."""


def style() -> str:
    """Give the style sheet of the picture: the light colours, and the dark ones for whoever prefers them."""
    return f"{_FIXED}\n{_coloured(LIGHT)}\n@media (prefers-color-scheme:dark){{\n{_coloured(DARK)}\n}}"


def _coloured(colours: dict[str, str]) -> str:
    paper, grid, soft = colours["paper"], colours["grid"], colours["soft"]
    rules = [f".{name}{{fill:{colour}}}" for name, colour in colours.items() if name not in ("grid", "now")]
    rules += [
        f".hollow.{status}{{fill:{paper};stroke:{colours[status]}}}" for status in colours if status in list(Status)
    ]
    rules += [
        f".line{{stroke:{grid}}}",
        f".today{{stroke:{colours['now']}}}",
        f".now{{fill:{colours['now']}}}",
        f".halo{{stroke:{paper}}}",
        f".gap{{stroke:{paper};fill:none}}",
        f".pale{{stroke:{soft};fill:none}}",
        f".ring{{fill:{paper};stroke:{colours['ink']};stroke-width:1.5}}",
    ]
    return "\n".join(rules)
