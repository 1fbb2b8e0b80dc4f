# SPDX-License-Identifier: Apache-2.0
"""Container images as runtimes and clusters list them in JSON: Docker, Podman, containerd, CRI-O, Kubernetes.

`kubectl get pods -A -o json`, `kubectl get nodes -o json`, `docker images|ps --format json`, `docker inspect`,
`podman images|ps --format json`, `crictl images|ps -o json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import identifiers, records
from debar.readers.loglines import images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_CONTAINERS = ("initContainers", "containers", "ephemeralContainers")
_STATUSES = ("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
_TEMPLATES = (("spec",), ("spec", "template", "spec"), ("spec", "jobTemplate", "spec", "template", "spec"))
"""Where the containers of a pod, a workload and a scheduled job stand."""
_LISTS = ("items", "images", "containers")
_POD, _NAMESPACE = "io.kubernetes.pod.name", "io.kubernetes.pod.namespace"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each image that a host, pod or workload has, and one for each machine and digest."""
    seen = images.Seen(source, Medium.INVENTORY, Meaning.INSTALLED)
    for place, entry in records.objects(source):
        for locator, inner in _entries(place, entry):
            if not isinstance(inner, dict):
                source.lose(locator, f"an object was expected, found {type(inner).__name__}")
            elif "apiVersion" in inner or "spec" in inner:
                yield from _node(source, seen, locator, inner)
                yield from _workload(seen, locator, inner)
            else:
                yield from _listed(seen, locator, inner)


def _entries(place: str, entry: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield (locator, entry) of a list that a cluster or runtime wraps; a bare entry is itself."""
    for name in _LISTS:
        if isinstance(entries := entry.get(name), list):
            yield from ((f"{place}/{name}/{number}", inner) for number, inner in enumerate(entries))
            return
    yield place, entry


def _node(source: Input, seen: images.Seen, locator: str, node: dict[str, Any]) -> Iterator[Observation]:
    """Yield the machine that a Node is, and the images that lie on it."""
    if node.get("kind") != "Node":
        return
    name, status = _text(_at(node, "metadata", "name")), _at(node, "status")
    about = records.texts(_at(status, "nodeInfo"))
    addresses = [records.texts(a) for a in records.listed(_at(status, "addresses"))]
    found = [Observable(Kind.HOSTNAME, name)] if name else []
    found += [Observable(Kind.SERIAL, uuid)] if (uuid := identifiers.serial(about.get("systemUUID", ""))) else []
    found += [Observable(Kind.ADDRESS, a["address"]) for a in addresses if a.get("type") == "InternalIP"]
    if found:
        yield Observation(
            source=source.id,
            locator=locator,
            asset=name,
            label=name,
            medium=Medium.INVENTORY,
            meaning=Meaning.HARDWARE,
            observables=tuple(dict.fromkeys(found)),
        )
    for number, image in enumerate(records.listed(_at(status, "images"))):
        names = [n for n in _listed_texts(_at(image, "names")) if images.reference(n)]
        for text in sorted(names, key=lambda n: "@" in n)[:1]:
            held = next(filter(None, map(images.digest, names)), "")
            yield from seen.observations(f"{locator}/status/images/{number}", name, text, held)


def _workload(seen: images.Seen, locator: str, workload: dict[str, Any]) -> Iterator[Observation]:
    """Yield the images of a pod or of what makes pods."""
    metadata = records.texts(_at(workload, "metadata"))
    owners = records.listed(_at(workload, "metadata", "ownerReferences"))
    owner = _text(_at(owners[0], "name")) if owners else ""
    asset = "/".join(filter(None, (metadata.get("namespace", ""), owner or metadata.get("name", ""))))
    held: dict[str, str] = {}
    for key in _STATUSES:
        for status in records.listed(_at(workload, "status", key)):
            held[_text(_at(status, "name"))] = images.digest(_at(status, "imageID"))
    for path in _TEMPLATES:
        for key in _CONTAINERS:
            for number, container in enumerate(records.listed(_at(workload, *path, key))):
                place = f"{locator}/{'/'.join(path)}/{key}/{number}"
                yield from seen.observations(
                    place, asset, _at(container, "image"), held.get(_text(_at(container, "name")), "")
                )


def _listed(seen: images.Seen, locator: str, entry: dict[str, Any]) -> Iterator[Observation]:
    """Yield the image of an entry of a runtime's list or inspection."""
    labels = _at(entry, "Config", "Labels") or _at(entry, "Labels") or _at(entry, "labels")
    labels = labels if isinstance(labels, dict) else {}
    held = next(filter(None, map(images.digest, _digests(entry))), "")
    for text in _names(entry):
        yield from seen.observations(locator, _holder(entry, labels), text, held, labels)


def _names(entry: dict[str, Any]) -> list[str]:
    """Give how an entry calls its image: by repository and tag, as a list of them, or as a container's image."""
    if repository := _text(entry.get("Repository")):
        tag = _text(entry.get("Tag"))
        return [f"{repository}:{tag}" if tag and tag != "<none>" else repository]
    for key in ("RepoTags", "repoTags", "RepoDigests", "repoDigests"):
        if found := [n for n in _listed_texts(entry.get(key)) if images.reference(n)]:
            return found
    told = [_at(entry, "Config", "Image"), _at(entry, "image", "userSpecifiedImage"), _at(entry, "image", "image")]
    names = entry.get("Names") if "RepoDigests" in entry or "Digest" in entry else None
    return [t for t in (*map(_text, told), _text(entry.get("Image")), *_listed_texts(names)) if images.reference(t)][:1]


def _digests(entry: dict[str, Any]) -> list[Any]:
    """Give where an entry may have the digest of its image: that of the registry before that of the configuration."""
    lists = (*_listed_texts(entry.get("RepoDigests")), *_listed_texts(entry.get("repoDigests")))
    return [*lists, entry.get("Digest"), entry.get("imageRef"), entry.get("ImageID"), entry.get("Image")]


def _holder(entry: dict[str, Any], labels: dict[str, Any]) -> str:
    """Give the container or pod that runs an image; nothing for an image that only lies there."""
    if pod := _text(labels.get(_POD)):
        return "/".join(filter(None, (_text(labels.get(_NAMESPACE)), pod)))
    is_container = "RepoTags" not in entry and ("State" in entry or "Status" in entry or "Command" in entry)
    names = entry.get("Name") or entry.get("Names")
    name = _text(names) or next(iter(_listed_texts(names)), "")
    return name.lstrip("/") if is_container else ""


def _at(value: object, *path: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Give what stands at a path of objects, or nothing."""
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _listed_texts(value: object) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
