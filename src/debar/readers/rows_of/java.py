# SPDX-License-Identifier: Apache-2.0
"""Rows of readers of Java and .NET."""

from __future__ import annotations

from debar.readers.rows import json, keys, magic, text, xml
from debar.readers.rows_of.language import BOTH, FILES, LOCKED, MAKERS, NOBODY, row

ROWS = (
    row(
        "jar",
        "Java archives (jar, war, ear)",
        FILES,
        "the archive and those inside it: file name, Maven coordinates, vendor and addresses of manifest and project file, signers, code packages",
        "archives nested deeper than 4; class files themselves are not looked into; that the members fit a signature's digests is not checked",
        magic(b"PK\x03\x04", "a ZIP with a manifest of Java", fits="debar.readers.ecosystems.jar"),
        tree_names=r"(?i:.+\.(?:jar|war|ear))",
    ),
    row(
        "maven-pom",
        "Maven project files (pom.xml)",
        LOCKED,
        f"the project ({MAKERS}), its parent and dependencies, further repositories",
        "properties and versions that a parent elsewhere defines stay unknown; plugins, profiles and managed versions are not listed",
        xml(
            r"<modelVersion>|<project\b[^<>]{0,2048}http://maven\.apache\.org/POM/",
            "a project of Maven",
            needs="<project",
        ),
    ),
    row(
        "maven-properties",
        "Maven coordinates (pom.properties)",
        FILES,
        "group, artifact, version, package URL",
        NOBODY,
        text(r"^artifactId[ \t]*=[ \t]*\S", "coordinates of Maven", needs="groupId"),
        tree_names=r"pom\.properties",
    ),
    row(
        "jar-manifest",
        "Manifest of a Java archive (MANIFEST.MF)",
        FILES,
        "title, version, vendor, bundle and module names, main class, addresses",
        "what the manifest says of single members is not read",
        text(r"\AManifest-Version:[ \t]*\d", "a manifest of Java", needs="Manifest-Version:"),
        tree_names=r"MANIFEST\.MF",
    ),
    row(
        "java-runtime",
        "Description of a Java run-time (release)",
        FILES,
        "version, implementor, product, package URL, repositories that it was built from",
        "licences and modules are not read",
        text(r"^JAVA_VERSION=\"?\d", "the version of a Java run-time", needs="JAVA_VERSION="),
        tree_names=r"release",
    ),
    row(
        "gradle-lock",
        "gradle.lockfile",
        LOCKED,
        "locked modules: group, artifact, version, package URL",
        NOBODY,
        text(r"^# This is a Gradle generated file", "the heading of Gradle", needs="Gradle"),
        text(r"^[\w.-]+:[\w.-]+:[\w.+-]+=\w*[cC]lasspath\b", "modules as Gradle locks them", needs="lasspath"),
        tree_names=r"gradle\.lockfile",
    ),
    row(
        "dotnet-libraries",
        "Libraries of .NET programs (*.deps.json, project.assets.json)",
        BOTH,
        "libraries: name, version, package URL, names of their assemblies",
        NOBODY,
        keys("runtimeTarget", "libraries", why="keys of *.deps.json"),
        keys("targets", "libraries", "projectFileDependencyGroups", why="keys of project.assets.json"),
        tree_names=r".+\.deps\.json",
    ),
    row(
        "nuget-lock",
        "packages.lock.json of NuGet",
        LOCKED,
        "locked packages of each framework: name, version, package URL",
        NOBODY,
        json(
            r'"dependencies"\s*:\s*\{\s*"(?:net|\.NET|uap|native|[A-Za-z]+,Version=)[^"]*"\s*:\s*\{',
            "packages as NuGet locks them",
            needs='"version"',
        ),
        tree_names=r"packages\.lock\.json",
    ),
    row(
        "nuget-references",
        "Package references of .NET projects (*.csproj, Directory.Packages.props, packages.config)",
        LOCKED,
        "packages: name, version, package URL; assemblies that are referenced as files",
        f"conditions and properties of MSBuild are not evaluated; {NOBODY}",
        xml(
            r"<Project\b[^<>]{0,1000}(?:\bSdk\s*=|schemas\.microsoft\.com/developer/msbuild)",
            "a project of MSBuild",
            needs="<Project",
        ),
        xml(
            r"<(?:PackageReference|PackageVersion|GlobalPackageReference)\b", "references to packages", needs="<Project"
        ),
        xml(r"<package\s[^<>]{0,300}\bid\s*=", "packages of packages.config", needs="<packages"),
    ),
)
