# SPDX-License-Identifier: Apache-2.0
"""What package managers beside the operating system keep of what they installed."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, keys, text, xml
from debar.readers.rows_of.beginnings import NO_PROGRAM, early

ROWS: tuple[Reader, ...] = (
    Reader(
        "flatpak",
        "debar.readers.packages.flatpak",
        "Flatpak metadata and flatpak info",
        (Medium.PACKAGES,),
        "the installed program or runtime; application id, name",
        "metadata has no version and no maker; AppStream metadata beside it has",
        marks=(
            text(
                r"\A\[(?:Application|Runtime)\]\r?\n(?:.*\n){0,40}?name\s*=", "groups of Flatpak metadata", needs="name"
            ),
            text(early(r"[ \t]*ID: \S+\r?\n[ \t]*Ref: (?:app|runtime)/"), "what flatpak info prints", needs="Ref: "),
        ),
        tree_names=r"metadata",
        in_trees=True,
    ),
    Reader(
        "appstream",
        "debar.readers.packages.appstream",
        "AppStream metadata of a program",
        (Medium.PACKAGES,),
        "the installed program; id, name, developer, addresses, newest release",
        "catalogues of what could be installed are not read",
        marks=(
            xml(
                r"\A(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<component\b[^>]*>[\s\S]*?<id\b",
                "an AppStream component",
                needs="<component",
            ),
        ),
        tree_names=r".*\.(?:metainfo|appdata)\.xml",
        in_trees=True,
    ),
    Reader(
        "snap",
        "debar.readers.packages.snap",
        "snap.yaml and snap info",
        (Medium.PACKAGES,),
        "the installed program; name, title, publisher, addresses",
        "snap.yaml names no publisher",
        marks=(
            text(r"^name: *\S", "a name in a file snap.yaml", needs="name:", name=r"^snap\.ya?ml$"),
            text(
                rf"\A{NO_PROGRAM}(?=[\s\S]*?^name:)(?![\s\S]*^parts:)[\s\S]*?^confinement: +['\"]?(?:strict|classic|devmode)",
                "confinement of a snap",
                needs="confinement:",
            ),
            text(early(r"name: +\S+\r?\nsummary: .*\r?\npublisher: "), "what snap info prints", needs="publisher:"),
        ),
        tree_names=r"snap\.yaml",
        in_trees=True,
    ),
    Reader(
        "nix",
        "debar.readers.packages.nix",
        "Nix profile and nix-env --json",
        (Medium.PACKAGES,),
        "packages of the profile; name, version, project of a flake, homepage",
        "what packages are built from is not in a profile",
        marks=(
            json(r'"storePaths"\s*:', "store paths of a Nix profile", needs='"storePaths"'),
            json(r'"outputName"\s*:', "what nix-env --query --json prints", needs='"pname"'),
        ),
        tree_names=r"manifest\.json",
        in_trees=True,
    ),
    Reader(
        "homebrew",
        "debar.readers.packages.homebrew",
        "Homebrew receipts and brew info",
        (Medium.PACKAGES,),
        "installed formulae and casks; name, homepage, download host, collection of another owner",
        "a receipt names no maker",
        marks=(
            json(r'\A\{\s*"homebrew_version"\s*:', "the first field of a Homebrew receipt", needs="homebrew_version"),
            keys("homebrew_version", "source", why="fields of a Homebrew receipt"),
            keys("formulae=[", "casks=[", why="what brew info --json=v2 prints"),
        ),
        tree_names=r"INSTALL_RECEIPT\.json",
        in_trees=True,
    ),
    Reader(
        "nuspec",
        "debar.readers.packages.nuspec",
        "Package specification of NuGet or Chocolatey",
        (Medium.PACKAGES,),
        "the program or component; id, title, authors, owners, addresses",
        "owners are who packed it; whether a specification in a cache is in use is not known",
        marks=(
            xml(
                r"\A(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<package\b[^>]*>\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<metadata\b[^>]*>[\s\S]*?<(?:id|authors)>",
                "metadata of a nuspec",
                needs="<metadata",
            ),
        ),
        tree_names=r".*\.nuspec",
        in_trees=True,
    ),
    Reader(
        "winget",
        "debar.readers.packages.winget",
        "winget export",
        (Medium.PACKAGES,),
        "identifiers of packages and the publisher that begins them",
        "programs that no source of winget offers are not exported",
        marks=(
            json(r'"\$schema"\s*:\s*"https://aka\.ms/winget-packages', "the schema of winget exports", needs="winget"),
            keys("Sources=[", "WinGetVersion", why="fields of a winget export"),
        ),
    ),
)
