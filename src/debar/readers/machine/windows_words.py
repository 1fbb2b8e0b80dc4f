# SPDX-License-Identifier: Apache-2.0
"""What Windows tools call properties in other languages: tasklist, driverquery, fltmc and systeminfo translate them."""

from __future__ import annotations

import re
from functools import lru_cache

from debar.text import header

_FILTERS = (
    ("filtername", "instances", "altitude", "frame"),
    ("filter", "volume", "altitude", "instance", "frame", "support", "status"),
    ("filter", "volume", "altitude", "instance", "frame", "status"),
)
"""Columns of fltmc filters, and of fltmc instances of two ages."""
_ALTITUDE = re.compile(r"(?:[2-9][0-9]{4}|[1-4][0-9]{5})(?:\.[0-9]{1,9})?")
"""Heights of file-system filters that Microsoft hands out: 20000 to 429999, some with a fraction."""

_ALIASES = {
    "abbildname": "imagename",
    "nomdelimage": "imagename",
    "nombredeimagen": "imagename",
    "nomeimmagine": "imagename",
    "имяобраза": "imagename",
    "dienste": "services",
    "servicios": "services",
    "servizi": "services",
    "serviços": "services",
    "службы": "services",
    "modulname": "modulename",
    "nomdumodule": "modulename",
    "nombredemódulo": "modulename",
    "anzeigename": "displayname",
    "nomcomplet": "displayname",
    "nombreparamostrar": "displayname",
    "filtername": "filtername",
    "höhe": "altitude",
    "höhenlage": "altitude",
    "hostname": "hostname",
    "nomdelhôte": "hostname",
    "nombredehost": "hostname",
    "nomehost": "hostname",
    "nomedohost": "hostname",
    "имяузла": "hostname",
    "systemhersteller": "systemmanufacturer",
    "fabricantdusystème": "systemmanufacturer",
    "fabricantedelsistema": "systemmanufacturer",
    "produttoresistema": "systemmanufacturer",
    "fabricantedosistema": "systemmanufacturer",
    "изготовительсистемы": "systemmanufacturer",
    "systemmodell": "systemmodel",
    "modèledusystème": "systemmodel",
    "modeloelsistema": "systemmodel",
    "modellosistema": "systemmodel",
    "modelodosistema": "systemmodel",
    "модельсистемы": "systemmodel",
}
"""What German, French, Spanish, Italian, Portuguese and Russian machines write; PowerShell and wmic translate nothing."""


@lru_cache(maxsize=1024)
def folded(name: str) -> str:
    """Give a property's English name without case, spaces and punctuation."""
    plain = header(name)
    return _ALIASES.get(plain, plain)


def of_filters(cells: list[str]) -> tuple[str, ...]:
    """Give the English names of the columns of fltmc by what stands in them, or nothing; in any language they are alike."""
    names = next((names for names in _FILTERS if len(names) == len(cells)), ())
    is_filter = bool(names) and cells[0] != "" and cells[names.index("frame")].isdecimal()
    return names if is_filter and _ALTITUDE.fullmatch(cells[2]) else ()
