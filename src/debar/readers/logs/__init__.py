# SPDX-License-Identifier: Apache-2.0
"""What servers, gateways and devices write by the line: name look-ups, requests, connections, tables."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, keys, text

_CONTACT = "a contact is proven, not which program made it; times without a year are left out"
_IMAGES = "package URL, registry, name and labels of container images; digests, which join them to their SBOMs"

ROWS: tuple[Reader, ...] = (
    Reader(
        "extended-log",
        "debar.readers.logs.extended_log",
        "W3C extended logs: proxies, IIS, Windows Firewall",
        (Medium.NETWORK,),
        "hosts and addresses that were contacted, programs that asked, the client",
        "fields that no layout in register/layouts/fields knows are not read",
        marks=(text(r"^#Fields:[ \t]*\S", "a #Fields line", needs="#Fields:"),),
    ),
    Reader(
        "images",
        "debar.readers.logs.image_lists",
        "Container images as runtimes and clusters list them, JSON",
        (Medium.INVENTORY,),
        _IMAGES,
        "an image that is known by its id alone is counted only",
        marks=(
            keys("apiVersion", "items", why="a list of Kubernetes"),
            keys("apiVersion", "kind", "spec", why="an object of Kubernetes"),
            keys("apiVersion", "kind", "status", why="an object of Kubernetes"),
            keys("Repository", "Tag", "ID", why="docker images"),
            keys("Image", "Names", "Status", why="docker ps"),
            keys("Image", "Names", "State", why="podman ps"),
            keys("Id", "RepoTags", why="docker image inspect"),
            keys("Id", "RepoDigests", why="podman images"),
            keys("Id", "Image", "Config", "HostConfig", why="docker inspect"),
            json(r'\A\{\s*"images"\s*:\s*\[\s*\{[^{}\[\]]{0,400}"repo(?:Tags|Digests)"', "crictl images", needs="repo"),
            json(
                r'\A\{\s*"containers"\s*:\s*\[\s*\{\s*"id"\s*:[^{}]{0,400}"podSandboxId"', "crictl ps", needs="podSand"
            ),
        ),
    ),
    Reader(
        "image-tables",
        "debar.readers.logs.image_tables",
        "Container images as docker, podman, crictl, ctr and kubectl print them",
        (Medium.INVENTORY,),
        _IMAGES,
        "names that a command cut short stay short",
        marks=(
            text(
                r"\A(?:REPOSITORY +TAG +|CONTAINER ID +IMAGE +|IMAGE +TAG +|REF +TYPE +DIGEST +)", "a table of images"
            ),
            text(r"\ACONTAINER +IMAGE +CREATED +STATE +", "a table of containers"),
            text(
                r"\A(?:NAMESPACE +)?NAME +READY +.*\bCONTAINERS +IMAGES +SELECTOR",
                "a table of workloads",
                needs="IMAGES",
            ),
        ),
    ),
    Reader(
        "image-manifests",
        "debar.readers.logs.image_manifests",
        "Container images in Kubernetes manifests, Compose files and Helm values",
        (Medium.SBOM, Medium.INVENTORY),
        _IMAGES,
        "images that a template puts together only when it is run are not seen",
        marks=(
            text(r"^apiVersion:[ \t]*[\w./-]+", "a Kubernetes manifest", needs="image:"),
            text(r"^services:[ \t]*(?:#.*)?\r?$", "a Compose file", needs="image:"),
            text(
                r"^(?:[ \t]*image:[ \t]*\r?\n(?:[ \t]+.*\n){0,6}?)?[ \t]+repository:[ \t]*\S",
                "values of a Helm chart",
                needs="repository:",
                name=r"(?i)values[\w.-]*\.ya?ml$",
            ),
        ),
    ),
    Reader(
        "jsonlog",
        "debar.readers.logs.jsonlog",
        "JSON logs of resolvers, proxies and firewalls, by field layout",
        (Medium.NETWORK,),
        "names looked up, hosts and addresses contacted, programs that asked, the client",
        _CONTACT,
    ),
    Reader(
        "keyvalue",
        "debar.readers.logs.keyvalue",
        "key=value logs of firewalls, proxies and resolvers, CEF and LEEF, by field layout",
        (Medium.NETWORK,),
        "names looked up, hosts and addresses contacted, programs that asked, the client",
        _CONTACT,
    ),
    Reader(
        "lines",
        "debar.readers.logs.lines",
        "Line logs of resolvers, proxies, web servers and firewalls, by line layout",
        (Medium.NETWORK,),
        "names looked up, hosts and addresses contacted, programs that asked, the client",
        _CONTACT,
    ),
)
