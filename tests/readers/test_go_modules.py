# SPDX-License-Identifier: Apache-2.0
"""Promises of reading the build information of Go programs."""

from __future__ import annotations

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.binary import go_modules

TEXT = (
    "path\tm.example/cmd/m\nmod\tm.example/m\t(devel)\t\ndep\ta.example/a\tv1.0.0\th1:x=\n"
    "=>\tgithub.com/other/a\tv1.0.1\th1:y=\ndep\tb.example/b\tv0.0.0\n=>\t./b\t(devel)\nbuild\t-compiler=gc\n"
)


def test_modules_are_told_in_order() -> None:
    """The main module is known, and a working copy has no version."""
    found = [(m.number, m.name, m.version, m.is_main) for m in go_modules.modules(TEXT)]
    assert found == [
        (2, "m.example/m", "", True),
        (4, "github.com/other/a", "v1.0.1", False),
        (5, "b.example/b", "v0.0.0", False),
    ]


def test_module_in_the_place_of_another_carries_both() -> None:
    """What replaces a module is told with it; a folder is told as a path."""
    _, replaced, kept = go_modules.modules(TEXT)
    assert Observable(Kind.PURL, "pkg:golang/a.example/a") in replaced.observables
    assert Observable(Kind.PURL, "pkg:golang/github.com/other/a") in replaced.observables
    assert [o.value for o in kept.observables] == ["pkg:golang/b.example/b", "b.example/b", "b.example", "./b"]


def test_any_text_is_survived() -> None:
    """Lines without fields, replacements of nothing and endless names cost nothing but themselves."""
    assert list(go_modules.modules("mod\n=>\tx\tv1\n\t\t\ndep\t\tv1\n\0")) == []
    assert [len(m.name) for m in go_modules.modules("dep\t" + "x" * 100_000)] == [2048]


def test_standard_library_is_a_module() -> None:
    """The compiler's version is that of the library that it built in."""
    library, *_ = go_modules.modules("go\tgo1.22.5 X:boringcrypto\n" + TEXT)
    assert (library.name, library.version, library.is_main) == ("stdlib", "1.22.5", False)
    assert library.observables == [Observable(Kind.PURL, "pkg:golang/stdlib")]


def test_program_outside_of_modules_goes_by_its_path() -> None:
    """Without a main module the package's path is all that tells whose it is; loose files have not even that."""
    (program,) = go_modules.modules("go\tdevel\npath\tgithub.com/docker/cli/cmd/docker\nbuild\t-compiler=gc\n")
    assert (program.number, program.name, program.is_main) == (2, "github.com/docker/cli/cmd/docker", True)
    assert list(go_modules.modules("path\tcommand-line-arguments\n")) == []


def test_working_copy_has_the_version_that_its_builder_stated() -> None:
    """What the linker was told counts, else the commit, in Go's own way of writing one."""
    commit = "build\tvcs.revision=0123456789abcdef0123\nbuild\tvcs.time=2025-01-02T03:04:05Z\n"
    stated = 'build\t-ldflags="-s -X k8s.io/component-base/version.gitVersion=v1.32.4-dispatcher -w"\n'
    assert [m.version for m in go_modules.modules("mod\tm.example/m\t(devel)\n" + commit)] == [
        "v0.0.0-20250102030405-0123456789ab"
    ]
    assert [m.version for m in go_modules.modules("mod\tm.example/m\t(devel)\n" + stated + commit)] == [
        "v1.32.4-dispatcher"
    ]
    assert [m.version for m in go_modules.modules("mod\tm.example/m\tv2.0.0\n" + stated)] == ["v2.0.0"]


def test_version_in_the_constants_counts_where_the_flags_are_not_told() -> None:
    """The linker's texts end with NUL; with two of them nobody knows which is the program's."""
    text = "mod\tm.example/m\t(devel)\n"
    assert [m.version for m in go_modules.modules(text, [b"..\0v1.27.16\0..\0v1.27.16\0"])] == ["v1.27.16"]
    assert [m.version for m in go_modules.modules(text, [b"\0v1.27.16\0", b"\0v1.2.0\0"])] == [""]
    assert [m.version for m in go_modules.modules(text + "build\t-ldflags=-s\n", [b"\0v1.27.16\0"])] == [""]


def test_part_from_a_working_copy_has_the_version_stated_for_its_own_package() -> None:
    """A version for another package says nothing of a part."""
    text = 'dep\ta.example/a\t(devel)\ndep\tb.example/b\t(devel)\nbuild\t-ldflags="-X a.example/a/pkg.gitTag=0.2.56"\n'
    assert [(m.name, m.version) for m in go_modules.modules(text)] == [("a.example/a", "v0.2.56"), ("b.example/b", "")]
