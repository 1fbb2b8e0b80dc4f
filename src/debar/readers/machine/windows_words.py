# SPDX-License-Identifier: Apache-2.0
"""What Windows tools call properties in other languages: tasklist, driverquery, fltmc and systeminfo translate them."""

from __future__ import annotations

from functools import lru_cache

from debar.text import header

_ALIASES = {
    "abbildname": "imagename",
    "nomdelimage": "imagename",
    "nombredeimagen": "imagename",
    "nomeimmagine": "imagename",
    "имяобраза": "imagename",
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
