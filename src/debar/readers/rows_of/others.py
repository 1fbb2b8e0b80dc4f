# SPDX-License-Identifier: Apache-2.0
"""Rows of readers of other languages, and of what deploys programs."""

from __future__ import annotations

from debar.readers.rows import json, keys, text
from debar.readers.rows_of.language import BOTH, DECLARED, LOCKED, MAKERS, NAMES, NOBODY, row

ROWS = (
    row(
        "swift-resolved",
        "Package.resolved of Swift, versions 1-3",
        LOCKED,
        NAMES,
        NOBODY,
        keys("pins", "version", why="keys of Package.resolved"),
        json(r'\A\{\s*"object"\s*:\s*\{\s*"pins"\s*:', "pins of Package.resolved"),
        tree_names=r"Package\.resolved",
    ),
    row(
        "podfile-lock",
        "Podfile.lock of CocoaPods",
        LOCKED,
        NAMES,
        NOBODY,
        text(r"\APODS:", "pods of Podfile.lock", needs="PODS:"),
        tree_names=r"Podfile\.lock",
    ),
    row(
        "pubspec-lock",
        "pubspec.lock of Dart and Flutter",
        LOCKED,
        NAMES,
        NOBODY,
        text(
            r"^packages:[ \t\r]*\n +[\"\w.]+:[ \t\r]*\n +dependency: ", "packages of pubspec.lock", needs="dependency: "
        ),
        tree_names=r"pubspec\.lock",
    ),
    row(
        "mix-lock",
        "mix.lock of Elixir",
        LOCKED,
        NAMES,
        NOBODY,
        text(r'\A%\{\s*"?[\w.-]+"?(?::|\s*=>)\s*\{:(?:hex|git)\b', "packages of mix.lock", needs="%{"),
        tree_names=r"mix\.lock",
    ),
    row(
        "r-description",
        "DESCRIPTION of R packages",
        BOTH,
        MAKERS,
        "what a package imports and suggests is not read",
        text(
            r"^(?:Built: R [\d.]|Packaged: |NeedsCompilation: |RoxygenNote: |Repository: (?:CRAN|RSPM)|Authors@R:|biocViews:|LazyData: )",
            "fields of an R package",
            needs="Package: ",
        ),
        tree_names=r"DESCRIPTION",
    ),
    row(
        "cpan-meta",
        "META.json of Perl distributions",
        LOCKED,
        f"the distribution ({MAKERS}), the modules that it requires",
        DECLARED,
        keys("meta-spec", "name", why="keys of META.json"),
    ),
    row(
        "conan-lock",
        "conan.lock, of Conan 1 and 2",
        LOCKED,
        "locked packages: name, version, package URL with the user that published it",
        NOBODY,
        keys("graph_lock", "version", why="keys of conan.lock"),
        keys("requires", "build_requires", why="keys of conan.lock"),
        tree_names=r"conan\.lock",
    ),
    row(
        "vcpkg-manifest",
        "vcpkg.json",
        LOCKED,
        f"the project ({MAKERS}), the libraries that it requires",
        DECLARED,
        json(r'vcpkg\.schema\.json|"(?:builtin-baseline|port-version|version-semver)"\s*:', "fields of vcpkg.json"),
        json(r'"(?:dependencies|name)"\s*:', "fields of vcpkg.json, by name and content", name=r"^vcpkg\.json$"),
    ),
    row(
        "terraform-lock",
        ".terraform.lock.hcl of Terraform and OpenTofu",
        LOCKED,
        "locked providers: publisher, name, version, package URL, registry unless it is a usual one",
        NOBODY,
        text(r'^provider\s+"[\w.:-]+/[\w.-]+/[\w.-]+"\s*\{', "providers of Terraform", needs="provider"),
        tree_names=r"\.terraform\.lock\.hcl",
    ),
    row(
        "helm-chart",
        "Charts of Helm (Chart.yaml, Chart.lock, requirements.yaml)",
        LOCKED,
        f"the chart ({MAKERS}), the charts that it depends on, their repositories",
        "images are named in values and templates, which are not read",
        text(
            r"\A(?![\s\S]*^kind:)(?=[\s\S]*^name:)(?=[\s\S]*^version:)[\s\S]*^apiVersion: ['\"]?v[12]\b",
            "a chart of Helm",
            needs="apiVersion: ",
        ),
        text(r"^digest: *sha256:[0-9a-f]{64}", "charts as Helm locks them", needs="repository:"),
    ),
    row(
        "github-workflow",
        "Workflows of GitHub Actions",
        LOCKED,
        "actions, workflows and images that are used: name, version, package URL",
        "what an action itself uses does not stand here",
        text(r"^ *(?:- +)?uses: *['\"]?(?:[\w.-]+/|\.{1,2}/|docker:)", "a workflow of GitHub", needs="jobs:"),
        text(r"^ *(?:- +)?uses: *['\"]?(?:[\w.-]+/|\.{1,2}/|docker:)", "an action of GitHub", needs="runs:"),
        tree_names=r"action\.ya?ml",
        tree_folders=("workflows",),
    ),
)
