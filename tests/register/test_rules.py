# SPDX-License-Identifier: Apache-2.0
"""Promises of the rules about rules: what contradicts, repeats, replaces, exempts, lists, asks and counts."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

import small
from debar import dates
from debar.model.measures import Citation, Document
from debar.model.vocab import Grade
from debar.register import Register, check
from debar.register.checks.provisions import known_late
from debar.register.checks.sources import cited
from debar.register.checks.times import days, interval, is_day, overlap

ORDER = "measures/us/us-order.yaml"
MAKER = "parties/maker.yaml"
RULE = """\
  - id: {id}
    modality: {modality}
    acts: [{acts}]
    addressees: [{addressees}]
    targets: {{{targets}}}
    applies_from: "{since}"
    applies_until: "{until}"
    known_from: "2024-06-20"
    text: A rule.
    grade: secondary
    citations:
      - document: us-report
{more}"""
DEFAULTS = {
    "id": "rule",
    "modality": "permitted",
    "acts": "use",
    "addressees": "company",
    "targets": "parties: [maker]",
    "since": "2024-07-20",
    "until": "",
    "more": "",
}


DOCUMENT = Document(id="d", title="D", publisher="P", url="https://example.com/d", grade=Grade.PRIMARY)
EMPTY = Register(
    version="", sha256="", added=(), authorities={}, calendars={}, parties={}, documents={}, measures={}, indicators=(),
    layouts=(),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register on disk."""
    return small.write(tmp_path / "register")


def rule(**changed: str) -> str:
    """Give a provision as YAML."""
    return RULE.format(**{**DEFAULTS, **changed})


def with_rules(folder: Path, *rules: str, **changed: str) -> list[str]:
    """Give what is said when the small order has some more provisions at its end; `changed` are fields of its frame."""
    small.change(folder, ORDER, "review:\n", f"{''.join(rules)}review:\n")
    for name, value in changed.items():
        text = (folder / ORDER).read_text()
        line = next(line for line in text.splitlines() if line.startswith(f"{name}:"))
        small.change(folder, ORDER, line, f"{name}: {value}")
    return told(folder)


def another(folder: Path, id_: str, *rules: str, more: str = "", **changed: str) -> list[str]:
    """Give what is said when there is another measure; `more` goes to its end, before the review."""
    frame = {"id": id_, "instrument": "regulation", "status": "active", "issued": '"2024-06-20"', **changed}
    head = "".join(f"{name}: {value}\n" for name, value in frame.items())
    (folder / f"measures/us/{id_}.yaml").write_text(
        f"{head}title: T\nauthority: us-office\njurisdiction: us\ncite: C\nsummary: S\ndocuments: [us-report]\n"
        f'provisions:\n{"".join(rules) or rule()}{more}review: {{last: "2024-07-01", every: 90}}\n'
    )
    return told(folder)


def told(folder: Path) -> list[str]:
    """Give what is said, without the lines."""
    return [fault.split(": ", 1)[1] for fault in check.faults(folder, small.TODAY)[1]]


CONTRADICTION = "provision rule and ban forbid and allow the same act at the same time"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, [CONTRADICTION]),
        ({"modality": "required"}, [CONTRADICTION]),
        ({"acts": "replace, use"}, [CONTRADICTION]),
        ({"addressees": "reseller, company"}, [CONTRADICTION]),
        ({"since": "2025-01-01"}, [CONTRADICTION]),
        ({"since": "2024-07-01", "until": "2024-07-20T00:00:01-04:00"}, [CONTRADICTION]),
        ({"targets": "parties: [maker], categories: [ai]"}, [CONTRADICTION]),
        ({"modality": "advised"}, []),
        ({"modality": "prohibited"}, []),
        ({"modality": "licence-required"}, []),
        ({"acts": "replace"}, []),
        ({"addressees": "reseller"}, []),
        ({"since": "2024-07-01", "until": "2024-07-20"}, []),
        ({"since": "2024-07-01", "until": "2024-07-20T00:00-04:00"}, []),
        ({"targets": "origins: [CN]"}, []),
        ({"more": "    conditions: [{id: c, fact: f, needs: 'Is it?'}]\n"}, []),
    ],
)
def test_no_act_is_forbidden_and_allowed(folder: Path, changed: dict[str, str], expected: list[str]) -> None:
    """To the same people, about the same things, at the same time, unless a condition tells the cases apart."""
    assert expected == with_rules(folder, rule(**changed))


@pytest.mark.parametrize(
    ("ban", "permission", "expected"),
    [
        ("categories: [ai]", "categories: [ai, vpn]", [CONTRADICTION]),
        ("categories: [ai]", "categories: [vpn]", []),
        ("meanings: [embedded]", "meanings: [installed]", []),
        ("meanings: [embedded]", "meanings: [embedded]", [CONTRADICTION]),
        ("extends_to: [subsidiaries]", "categories: [vpn]", [CONTRADICTION]),
    ],
)
def test_lines_between_products_are_no_contradiction(
    folder: Path, ban: str, permission: str, expected: list[str]
) -> None:
    """A rule about one kind of product says nothing about another; a rule without a line is about all."""
    small.change(folder, ORDER, "{parties: [maker]}", f"{{parties: [maker], {ban}}}")
    assert expected == with_rules(folder, rule(targets=f"parties: [maker], {permission}"))


def test_a_contradiction_is_found_in_any_zone(folder: Path) -> None:
    """A zone that is none is a fault of its own, and keeps no other one from being found."""
    small.change(folder, "authorities/us-office.yaml", "America/New_York", "../../etc")
    assert ["time zone '../../etc' is not known", CONTRADICTION] == with_rules(folder, rule())


def test_what_an_exemption_takes_out_may_be_allowed(folder: Path) -> None:
    """The permission then says the same as the exemption."""
    small.change(folder, ORDER, "{parties: [maker]}", "{parties: [maker], categories: [ai, vpn]}")
    small.change(
        folder,
        ORDER,
        "    text: Companies",
        "    exemptions: [{id: vpn, text: Not VPN., categories: [vpn]}]\n    text: Companies",
    )
    assert [] == with_rules(folder, rule(targets="parties: [maker], categories: [vpn]"))


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)).map(str)


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_an_instant_in_both(a: str, b: str, c: str, d: str) -> None:
    """Two intervals share an instant just when one of them begins in the other, in either order."""
    one, other = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    if one[0] == one[1] or other[0] == other[1]:
        return
    expected = one[0] <= other[0] < one[1] or other[0] <= one[0] < other[1]
    assert expected == overlap(one, other, "Asia/Tokyo") == overlap(other, one, "Asia/Tokyo")
    assert overlap((one[0], ""), other, "UTC") == (other[1] > one[0])


@given(DAYS, DAYS)
def test_an_interval_has_an_order(since: str, until: str) -> None:
    """Its end is after its beginning, or there is none."""
    assert (until <= since) == bool(list(interval(since, until, "Europe/Berlin")))
    assert [] == list(interval(since, "")) == list(interval("", until))


@given(DAYS, DAYS, st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"]))
def test_nothing_is_known_before_the_authority_acted(known: str, first: str, zone: str) -> None:
    """The day of the first act itself is early enough, wherever the authority sits; the day before is not."""
    assert (known < first) == bool(list(known_late(known, first, zone)))
    instant = dates.stamp(dates.begins(first, zone))
    assert [] == list(known_late(instant, first, zone))
    assert [] == list(known_late("", first, zone)) == list(known_late(known, "", zone))


@given(st.text(max_size=20) | st.from_regex(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?(Z|[+-]\d{2}:\d{2})?", fullmatch=True))
def test_any_text_is_a_day_or_a_fault(text: str) -> None:
    """None makes the check fail, and what is taken for a day can be compared in any zone."""
    assert (text == "" or is_day(text)) == (not list(days({"issued": text})))
    if is_day(text):
        assert dates.begins(text, "Pacific/Apia") <= dates.ends(text, "Pacific/Apia")


WORDS = st.lists(st.sampled_from(["shall", "not", "use", "(x)", "Größe", "«a»", "1."]), min_size=1, max_size=12)
SPACES = st.sampled_from([" ", "\n", "  ", "\n\n", "\t"])


@given(WORDS, st.integers(0, 11), st.integers(1, 12), st.lists(SPACES, min_size=12, max_size=12))
def test_a_quote_is_a_run_of_words_of_its_place(words: list[str], since: int, many: int, spaces: list[str]) -> None:
    """However lines are broken; what is left out, changed or moved elsewhere is no quote."""
    passage = "".join(map(str.__add__, words, spaces))
    stored = {"d": f"[sec-1]\n{passage}\n[sec-2]\nElsewhere.\n"}
    register = structs.replace(EMPTY, documents={"d": DOCUMENT})
    part = words[since % len(words) :][:many]

    def faults(at: str, quote: list[str]) -> int:
        return len(list(cited([Citation(document="d", at=at, quote=" ".join(quote))], register, stored)))

    assert 0 == faults("sec-1", part) == faults("", part)
    assert 1 == faults("sec-1", [*part, "nowhere"]) == faults("sec-2", part) == faults("sec-3", part)


RENUMBERS = "relations:\n  - {kind: renumbers, to: us-order, grade: secondary}\n"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"modality": "prohibited", "more": "    restates: ['us-order#ban']\n"}, []),
        (
            {"modality": "prohibited"},
            ["provision rule: the measure renumbers us-order: name the provision that this one restates"],
        ),
        ({"modality": "permitted", "acts": "resell"}, []),
        (
            {"modality": "licence-required", "more": "    restates: ['us-order#ban']\n"},
            ["provision rule: restates us-order#ban, which is prohibited and not licence-required"],
        ),
        (
            {"modality": "prohibited", "acts": "use, resell", "more": "    restates: ['us-order#ban']\n"},
            ["provision rule: restates us-order#ban, but nothing there is about resell"],
        ),
        (
            {"modality": "prohibited", "more": "    restates: ['us-order#bann']\n"},
            ["provision rule: provision 'us-order#bann' is not in the register; did you mean 'us-order#ban'?"],
        ),
        (
            {"modality": "prohibited", "more": "    restates: ['us-code#rule']\n"},
            ["provision rule restates itself"],
        ),
    ],
)
def test_a_renumbering_forbids_nothing_new(folder: Path, changed: dict[str, str], expected: list[str]) -> None:
    """Each duty of it names the same rule that it repeats, about no act but those of that one."""
    assert expected == another(folder, "us-code", rule(**changed), more=RENUMBERS)


def test_the_other_side_of_a_rule_may_have_another_act(folder: Path) -> None:
    """Within one measure the buyer's side can restate the seller's; it is a ban all the same."""
    more = "    restates: ['us-order#ban']\n"
    assert [] == with_rules(folder, rule(modality="prohibited", acts="acquire", more=more))


@pytest.mark.parametrize("kind", ["replaces", "renumbers"])
def test_nothing_takes_the_place_of_itself(folder: Path, kind: str) -> None:
    """Neither directly nor through others; each measure of the circle is told."""
    step = "relations:\n  - {{kind: {}, to: {}, grade: secondary}}\n"
    another(folder, "us-code", rule(acts="resell"), more=step.format(kind, "us-rule"))
    said = another(folder, "us-rule", rule(acts="resell"), more=step.format("replaces", "us-code"))
    assert [
        "takes the place of us-rule, which takes the place of us-code",
        "takes the place of us-code, which takes the place of us-rule",
    ] == said
    own = another(folder, "us-rule", rule(acts="resell"), more=step.format(kind, "us-rule"))
    assert ["takes the place of us-rule, which takes the place of us-rule"] == own


def test_grounds_may_stand_in_a_circle(folder: Path) -> None:
    """A law and what carries it out may name each other."""
    step = "relations:\n  - {{kind: {}, to: {}, grade: secondary}}\n"
    another(folder, "us-code", rule(acts="resell"), more=step.format("implements", "us-rule"))
    assert [] == another(folder, "us-rule", rule(acts="resell"), more=step.format("based-on", "us-code"))


@pytest.mark.parametrize(
    ("instrument", "modality", "expected"),
    [
        ("warning", "advised", []),
        ("advice", "permitted", []),
        ("resolution", "prohibited", ["provision rule: resolution can only advise, not make prohibited"]),
        ("warning", "required", ["provision rule: warning can only advise, not make required"]),
        ("proposal", "prohibited", []),
    ],
)
def test_an_instrument_does_what_it_can(folder: Path, instrument: str, modality: str, expected: list[str]) -> None:
    """What has no binding force only advises; a proposal says what would be."""
    assert expected == another(folder, "us-word", rule(modality=modality, acts="resell"), instrument=instrument)


def test_a_proposal_changes_nothing(folder: Path) -> None:
    """It replaces no law, and there is nothing of it to waive or interrupt."""
    more = (
        "relations:\n  - {kind: amends, to: us-order, grade: secondary}\n"
        "  - {kind: based-on, to: us-order, grade: secondary}\n"
        "waivers:\n  - {id: w, provisions: [rule], granted_by: Office, text: T, applies_from: '2024-07-01'}\n"
    )
    assert [
        "a proposal amends nothing: it has no effect yet",
        "a proposal has no waivers: it has no effect yet",
    ] == another(folder, "us-bill", rule(acts="resell"), more=more, instrument="proposal")


HALT = (
    "    interruptions: [{{id: halt, kind: {}, text: T, applies_from: '2024-07-25', applies_until: '{}',"
    " known_from: '2024-07-25', grade: secondary, citations: [{{document: us-report}}]}}]\n"
)
NO_END = ["the measure is ended, but provision rule has no applies_until"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"modality": "prohibited"}, NO_END),
        ({"modality": "prohibited", "until": "2024-07-30"}, []),
        ({"modality": "permitted"}, []),
        ({"modality": "required", "more": HALT.format("annulment", "")}, []),
        ({"modality": "required", "more": HALT.format("stay", "2024-08-30")}, NO_END),
        ({"modality": "required", "more": HALT.format("non-enforcement", "")}, NO_END),
    ],
)
def test_of_an_ended_measure_nothing_bites(folder: Path, changed: dict[str, str], expected: list[str]) -> None:
    """Each of its duties has ended or was stopped for good; not to be enforced is not to end."""
    assert expected == another(folder, "us-past", rule(acts="resell", **changed), status="ended")


ASKED = "    conditions: [{{id: c, fact: {}, needs: '{}'{}}}]\n"


@pytest.mark.parametrize(
    ("fact", "needs", "more", "expected"),
    [
        ("on_list", "Is it on the list?", "", []),
        ("on_list", "Is it on the list (look it up)?", ", equals: yes-2024", []),
        ("made_in", "When was it made?", ", not_before: '2027', before: '2028-06-30'", []),
        ("share", "How much?", ", above: '35.5'", []),
        ("On-List", "Is it?", "", ["'On-List': the name of a fact is lower-case words joined by _"]),
        ("f", "Say it.", "", ["needs is a question, and ends with one: put remarks before it or in brackets"]),
        ("f", "Is it? Ask.", "", ["needs is a question, and ends with one: put remarks before it or in brackets"]),
        ("f", "Is it?", ", above: lots", ["'lots' is no number"]),
        ("f", "Is it?", ", above: nan", ["'nan' is no number"]),
        ("f", "Is it?", ", above: '3', before: '2027'", ["a number and a date at once"]),
        ("f", "Is it?", ", not_before: next", ["not_before: 'next' is neither a date nor an instant"]),
        ("f", "Is it?", ", before: '0001'", ["before: '0001-01-01' lies outside the years 1900 to 2200"]),
        ("f", "Is it?", ", equals: ''", ["'': an answer is one word, without comma or ="]),
        ("f", "Is it?", ", equals: 'a,b'", ["'a,b': an answer is one word, without comma or ="]),
    ],
)
def test_a_condition_asks_a_question(folder: Path, fact: str, needs: str, more: str, expected: list[str]) -> None:
    """It has a name that an organisation can state, a question, and an answer that can be given and compared."""
    said = with_rules(folder, rule(more=ASKED.format(fact, needs, more), acts="resell"))
    assert [f"provision rule: condition c: {one}" for one in expected] == said


def test_one_id_is_one_question(folder: Path) -> None:
    """Two exemptions may ask the same; another question needs another id."""
    ask = "{{id: {}, text: T, conditions: [{{id: c, fact: f, needs: '{}'}}]}}"
    same = f"    exemptions: [{ask.format('a', 'Is it?')}, {ask.format('b', 'Is it?')}]\n"
    other = f"    exemptions: [{ask.format('a', 'Is it?')}, {ask.format('b', 'Was it?')}]\n"
    assert [] == another(folder, "us-rule", rule(more=same))
    assert ["provision rule: condition c: two questions under one id"] == another(folder, "us-rule", rule(more=other))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", ", equals: no", []),
        (", before: '2027'", ", not_before: '2024-01-01'", []),
        ("", ", before: '2027'", "fact f is asked for as a date here, but in words in us-order"),
        (", above: '3'", "", "fact f is asked for in words here, but as a number in us-order"),
        (", above: '3'", ", before: '2027'", "fact f is asked for as a date here, but as a number in us-order"),
    ],
)
def test_a_fact_is_asked_for_in_one_way(folder: Path, first: str, second: str, expected: str | list[str]) -> None:
    """In words, as a date or as a number, wherever it is asked: else an answer could not be checked."""
    another(folder, "us-rule", rule(more=ASKED.format("f", "Is it?", second)))
    said = with_rules(folder, rule(more=ASKED.format("f", "Is it?", first), acts="resell"))
    assert ([expected] if expected else []) == said


def test_the_event_of_a_deadline_is_a_date(folder: Path) -> None:
    """A fact that a deadline counts from is not asked for in words elsewhere, be it by an exemption or a waiver."""
    deadline = "    deadline: {after: found_on, amount: 3, unit: business-days}\n"
    ask = "{id: c, fact: found_on, needs: 'Is it?'}"
    with_rules(folder, rule(acts="report", modality="required", more=deadline))
    exemption = f"    exemptions: [{{id: e, text: T, conditions: [{ask}]}}]\n"
    waiver = (
        "waivers:\n  - {id: w, provisions: [rule], granted_by: Office, text: T, applies_from: '2024-07-01',"
        f" conditions: [{ask}]}}\n"
    )
    expected = ["fact found_on is asked for in words here, but as a date in us-order"]
    assert expected == another(folder, "us-rule", rule(more=exemption))
    assert expected == another(folder, "us-rule", rule(), more=waiver)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        ("after: '2024-07-20', amount: 0, unit: calendar-days", ""),
        ("after: found_on, amount: 3, unit: business-days", ""),
        ("after: found_on, amount: 3, unit: days", "'days' is no unit: write business-days, calendar-days, months, years"),
        ("after: found_on, amount: -1, unit: years", "-1 years is not from 0 to 100"),
        ("after: found_on, amount: 101, unit: years", "101 years is not from 0 to 100"),
        ("after: found_on, amount: 0, unit: months, repeats: true", "0 months is not from 1 to 1200"),
        ("after: '2024-07-32', amount: 3, unit: months", "'2024-07-32' is neither a date nor the name of a fact"),
        ("after: '2024-07-20T00:00Z', amount: 3, unit: months", "'2024-07-20T00:00Z' is neither a date nor the name of a fact"),
        ("after: Found On, amount: 3, unit: months", "'Found On' is neither a date nor the name of a fact"),
    ],
)  # fmt: skip
def test_a_deadline_can_be_counted(folder: Path, deadline: str, expected: str) -> None:
    """From a day or from a fact that holds one, in a unit that is known, within a century."""
    said = with_rules(folder, rule(acts="report", modality="required", more=f"    deadline: {{{deadline}}}\n"))
    assert ([f"provision rule: deadline: {expected}"] if expected else []) == said


def test_only_a_duty_has_a_deadline(folder: Path) -> None:
    """A ban binds from its first day on."""
    deadline = "    deadline: {after: '2024-07-20', amount: 3, unit: months}\n"
    assert ["provision rule: a deadline is that of a duty, but this is prohibited"] == with_rules(
        folder, rule(acts="resell", modality="prohibited", more=deadline)
    )


@pytest.mark.parametrize(
    ("exemption", "expected"),
    [
        ("acts: [use]", ""),
        ("addressees: [individual]", ""),
        ("categories: [ai]", ""),
        ("meanings: [embedded]", ""),
        ("conditions: [{id: c, fact: f, needs: 'Is it?'}]", ""),
        ("grade: unverified", "an exemption of everybody and everything: nothing would be left of the provision"),
        ("acts: [resell]", "exempts resell, which the provision is not about"),
        ("categories: [ai, vpn]", "exempts vpn, which the provision is not about"),
        ("acts: [use], applies_until: '2024-07-20', applies_from: '2024-07-20'", "applies_until is not after applies_from"),
        ("acts: [use], known_from: '2024-06-01'",
         "known_from 2024-06-01 comes before the first act of the authority on 2024-06-20"),
        ("acts: [use], grade: primary", "graded primary, but its best source is unverified"),
        ("acts: [use], citations: [{document: us-reprot}]",
         "document 'us-reprot' is not in the register; did you mean 'us-report'?"),
    ],
)  # fmt: skip
def test_an_exemption_takes_something_out(folder: Path, exemption: str, expected: str) -> None:
    """Not everything, and nothing that is not in."""
    more = f"    exemptions: [{{id: e, text: T, {exemption}}}]\n"
    said = another(folder, "us-rule", rule(targets="parties: [maker], categories: [ai]", more=more))
    assert ([f"provision rule: e: {expected}"] if expected else []) == said


PART = "{{id: {}, text: {}, acts: [use]}}"
STOP = "{{id: {}, kind: stay, text: {}, applies_from: '2024-07-25', known_from: '2024-07-25', grade: unverified}}"
GRANT = "{{id: {}, provisions: [a], granted_by: Office, text: {}, applies_from: '2024-07-25'}}"


@pytest.mark.parametrize(
    ("first", "second", "of_measure", "expected"),
    [
        (f"exemptions: [{PART.format('e', 'T')}]", f"exemptions: [{PART.format('e', 'T')}]", "", []),
        (f"interruptions: [{STOP.format('i', 'T')}]", f"interruptions: [{STOP.format('i', 'T')}]", "", []),
        (
            f"exemptions: [{PART.format('e', 'T')}]",
            f"exemptions: [{PART.format('e', 'U')}]",
            "",
            ["exemption 'e': the id stands for something else in this measure too"],
        ),
        (
            f"exemptions: [{PART.format('e', 'T')}, {PART.format('e', 'T')}]",
            "",
            "",
            ["exemption 'e' stands twice"],
        ),
        (
            f"exemptions: [{PART.format('e', 'T')}]",
            "",
            f"waivers: [{GRANT.format('e', 'T')}]",
            ["waiver 'e': the id stands for something else in this measure too"],
        ),
        (
            f"exemptions: [{PART.format('e', 'T')}]",
            f"interruptions: [{STOP.format('e', 'T')}]",
            "",
            ["interruption 'e': the id stands for something else in this measure too"],
        ),
        ("", "", f"waivers: [{GRANT.format('w', 'T')}, {GRANT.format('w', 'T')}]", ["waiver 'w' stands twice"]),
        (
            "",
            "",
            f"interruptions: [{STOP.format('i', 'T')}, {STOP.format('i', 'U')}]",
            [
                "interruption 'i' stands twice",
                "interruption 'i': the id stands for something else in this measure too",
            ],
        ),
    ],
)
def test_an_id_names_one_thing_in_a_measure(
    folder: Path, first: str, second: str, of_measure: str, expected: list[str]
) -> None:
    """A finding names its exemption or waiver by id; the same exemption may stand in several provisions."""
    parts = [f"    {part}\n" if part else "" for part in (first, second)]
    rules = [rule(id=id_, more=part) for id_, part in zip("ab", parts, strict=True)]
    assert expected == another(folder, "us-rule", *rules, more=f"{of_measure}\n" if of_measure else "")


@pytest.mark.parametrize(
    ("waiver", "expected"),
    [
        ("provisions: [rule], granted_by: us-office", ""),
        ("provisions: ['us-order#ban'], granted_by: the head of the agency", ""),
        ("provisions: [rul], granted_by: Office", "provision 'rul' is not in the register; did you mean 'rule'?"),
        (
            "provisions: [rule], granted_by: us-offise",
            "authority 'us-offise' is not in the register; did you mean 'us-office'?",
        ),
        (
            "provisions: [rule], granted_by: Office, applies_until: '2024-07-01'",
            "applies_until is not after applies_from",
        ),
        (
            "provisions: [rule], granted_by: Office, known_from: '2024-06-19'",
            "known_from 2024-06-19 comes before the first act of the authority on 2024-06-20",
        ),
        (
            "provisions: [rule], granted_by: Office, grade: primary",
            "graded primary, but its best source is secondary",
        ),
        (
            "provisions: [rule], granted_by: Office, conditions: [{id: c, fact: f, needs: Say}]",
            "condition c: needs is a question, and ends with one: put remarks before it or in brackets",
        ),
    ],
)
def test_a_waiver_is_granted_for_something(folder: Path, waiver: str, expected: str) -> None:
    """For provisions that there are, by an authority or somebody named in words, for a time, on grounds."""
    more = f"waivers:\n  - {{id: w, text: T, applies_from: '2024-07-25', {waiver}}}\n"
    assert ([f"waiver w: {expected}"] if expected else []) == another(folder, "us-rule", rule(), more=more)


def test_an_earlier_act_of_the_history_counts(folder: Path) -> None:
    """What was announced was known, though it was issued later."""
    history = "history:\n  - {day: '2024-06-01', kind: announced, text: T, grade: secondary}\n"
    assert [] == another(folder, "us-rule", rule(), more=history, issued='"2024-07-01"')
    assert [
        "provision rule: known_from 2024-06-20 comes before the first act of the authority on 2024-07-01"
    ] == another(folder, "us-rule", rule(), issued='"2024-07-01"')


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("kind: listed, to: us-order, valid_from: '2024-06-20'", ""),
        ("kind: not-listed, to: us-order", ""),
        ("kind: subsidiary, to: other, share: '99.5'", ""),
        ("kind: listed, to: us-order", "without valid_from it would have been listed for ever"),
        (
            "kind: listed, to: us-order, valid_from: '2024-06-19'",
            "valid_from 2024-06-19 lies before us-order was issued on 2024-06-20",
        ),
        ("kind: listed, to: us-word, valid_from: '2024-06-20'", "us-word is no list: its instrument is advice"),
        ("kind: listed, to: other, valid_from: '2024-06-20'", "measure 'other' is not in the register"),
        ("kind: parent, to: us-order", "party 'us-order' is not in the register"),
        ("kind: parent, to: maker", "that is the party itself"),
        ("kind: amends, to: us-order", "that is a relation between measures"),
        ("kind: parent, to: other, share: half", "share 'half' is no percentage"),
        ("kind: parent, to: other, share: '100.1'", "share '100.1' is no percentage"),
        ("kind: parent, to: other, valid_from: '2024-02-01', valid_until: '2024-01-01'", "valid_until is not after valid_from"),
        ("kind: parent, to: other, known_from: once", "known_from: 'once' is neither a date nor an instant"),
        ("kind: parent, to: other, grade: secondary", "graded secondary, but its best source is unverified"),
        (
            "kind: parent, to: other, claims: [{value: V, by: B, grade: secondary, citations: [{document: zz}]}]",
            "document 'zz' is not in the register",
        ),
    ],
)  # fmt: skip
def test_a_tie_leads_to_a_party_and_a_listing_to_a_list(folder: Path, relation: str, expected: str) -> None:
    """At a time that can be, with a share that can be, on a list that was there."""
    (folder / "parties/other.yaml").write_text("id: other\nname: Other\n")
    another(folder, "us-word", rule(acts="resell"), instrument="advice")
    small.change(folder, MAKER, "citations:", f"relations:\n  - {{{relation}}}\ncitations:")
    kind, to = relation.split(": ")[1].split(",", maxsplit=1)[0], relation.split("to: ")[1].split(",", maxsplit=1)[0]
    assert ([f"relation {kind} to {to}: {expected}"] if expected else []) == told(folder)


def test_a_relation_stands_once(folder: Path) -> None:
    """Another time or another printed name makes it another one."""
    (folder / "parties/other.yaml").write_text("id: other\nname: Other\n")
    one = "  - {kind: parent, to: other, valid_from: '2024-01-01'}\n"
    small.change(folder, MAKER, "citations:", f"relations:\n{one}  - {{kind: parent, to: other}}\ncitations:")
    assert [] == told(folder)
    small.change(folder, MAKER, one, one * 2)
    assert ["relation parent to other: stands twice"] == told(folder)


@pytest.mark.parametrize("instrument", ["list-entry", "designation", "regulation", "order", "statute"])
def test_a_list_is_of_a_kind_that_can_name_parties(folder: Path, instrument: str) -> None:
    """A target that is a list needs one, and any of these will do."""
    another(folder, "us-list", rule(acts="resell"), instrument=instrument)
    assert [] == with_rules(folder, rule(acts="import", targets="lists: [us-list]"))


def test_a_list_that_is_none_is_told(folder: Path) -> None:
    """A policy names nobody who could be reached by pointing to it."""
    another(folder, "us-list", rule(acts="resell"), instrument="policy")
    assert ["provision rule: us-list is no list: its instrument is policy"] == with_rules(
        folder, rule(acts="import", targets="lists: [us-list]")
    )


@pytest.mark.parametrize("line", ["name: MAKER", "name: Other\naliases: [maker]", "name: Other\nlegal_names: [Maker]"])
def test_a_name_leads_to_one_party(folder: Path, line: str) -> None:
    """Two parties share a name only if they are tied: whoever asks by name must know whom the answer is about."""
    other = folder / "parties/other.yaml"
    other.write_text(f"id: other\n{line}\n")
    name = line.rsplit(": ", maxsplit=1)[-1].strip("[]")
    assert [f"{name!r} is a name of maker too, and the two have no relation"] == told(folder)
    other.write_text(f"id: other\n{line}\nrelations: [{{kind: affiliate, to: maker}}]\n")
    assert [] == told(folder)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("name: Maker Bank, text: A bank.", ""),
        ("name: Maker Bank, text: A bank., grade: secondary, citations: [{document: us-report}]", ""),
        ("name: Maker Bank, text: A bank., grade: secondary", "graded secondary, but its best source is unverified"),
        ("name: Maker Bank, text: A bank., citations: [{document: zz}]", "document 'zz' is not in the register"),
        ("name: Maker Bank, text: ' '", "does not say who that is"),
        ("name: ' ', text: A bank.", "is no name"),
        ("name: MAKER, text: A bank.", "is a name of the party itself"),
        ("name: Old Maker, text: A bank.", "is a name of the party itself"),
        ("name: workshop ltd, text: A bank.", "is a name of workshop too, and the two are tied"),
        ("name: Bank, text: A bank.", ""),
    ],
)
def test_somebody_else_is_nobody_of_the_group(folder: Path, other: str, expected: str) -> None:
    """Who is said to be unrelated has a name and a description, and bears no name of the party or of one tied to it."""
    (folder / "parties/workshop.yaml").write_text(
        "id: workshop\nname: Workshop\nlegal_names: [Workshop Ltd]\nrelations: [{kind: subsidiary, to: maker}]\n"
    )
    (folder / "parties/bank.yaml").write_text("id: bank\nname: Bank\n")
    small.change(folder, MAKER, "citations:", f"former_names: [Old Maker]\nunrelated:\n  - {{{other}}}\ncitations:")
    name = other.partition(",")[0].removeprefix("name: ").strip("'") or " "
    assert ([f"unrelated {name!r}: {expected}"] if expected else []) == told(folder)


def test_somebody_else_stands_once(folder: Path) -> None:
    """The same name in other letters is the same name."""
    one = "  - {name: Maker Bank, text: A bank.}\n"
    small.change(folder, MAKER, "citations:", f"unrelated:\n{one}{one.replace('Bank,', 'BANK,')}citations:")
    assert ["unrelated 'Maker BANK': stands twice"] == told(folder)


def test_a_document_may_rest_on_somebody_else_alone(folder: Path) -> None:
    """What only tells who somebody else is, is used."""
    (folder / "documents/us-page.yaml").write_text(
        "id: us-page\ntitle: Page\npublisher: Bank\nurl: https://example.com/bank\ngrade: primary\n"
    )
    assert ["nothing in the register rests on this document"] == told(folder)
    other = "  - {name: Maker Bank, text: A bank., grade: primary, citations: [{document: us-page}]}\n"
    small.change(folder, MAKER, "citations:", f"unrelated:\n{other}citations:")
    assert [] == told(folder)


def test_an_id_names_one_thing_in_the_register(folder: Path) -> None:
    """A party and a document cannot both be called so: only one of them could be shown."""
    (folder / "parties/us-report.yaml").write_text("id: us-report\nname: Report\n")
    assert [
        "register/documents/us-report.yaml:1: id 'us-report' is taken by register/parties/us-report.yaml:1"
    ] == check.faults(folder, small.TODAY)[1]


CALENDAR = "id: us-days\nname: Days\njurisdiction: us\nobserved: nearest-weekday\nholidays:\n  - {{name: Day, {}}}\n"


@pytest.mark.parametrize(
    ("holiday", "expected"),
    [
        ("month: 7, day: 4", ""),
        ("month: 5, weekday: monday, nth: -1, first_year: 1971", ""),
        ("month: 13, day: 1", "Day: there is no such day in every year"),
        ("month: 2, day: 29", "Day: there is no such day in every year"),
        ("month: 0, weekday: monday, nth: 1", "Day: there is no such day in every year"),
        ("month: 2, day: 30, first_year: 2090", "Day: there is no such day in every year"),
        ("month: 99999999999999999999, day: 1", "Day: there is no such day in every year"),
        ("month: 5, weekday: mondey, nth: 1", "Day: 'mondey' is no weekday"),
        ("month: 5, weekday: monday, nth: 5", "Day: 5 is not in every month: write 1 to 4, or -1 for the last"),
        ("month: 5", "Day: give either a day, or a weekday with its number in the month"),
        ("month: 5, day: 1, weekday: monday, nth: 1", "Day: give either a day, or a weekday with its number in the month"),
        ("month: 5, weekday: monday", "Day: give either a day, or a weekday with its number in the month"),
        ("month: 5, day: 1, first_year: 2000, last_year: 1999", "Day: last_year lies before first_year"),
    ],
)  # fmt: skip
def test_a_holiday_recurs(folder: Path, holiday: str, expected: str) -> None:
    """Its day is there in every year, whatever year is asked about."""
    (folder / "calendars").mkdir()
    (folder / "calendars/us-days.yaml").write_text(CALENDAR.format(holiday))
    assert ([expected] if expected else []) == told(folder)


def test_a_calendar_has_one_rule_for_weekends_and_cites_what_there_is(folder: Path) -> None:
    """No other rule is known, and its sources are those of the register."""
    (folder / "calendars").mkdir()
    text = CALENDAR.format("month: 7, day: 4").replace("nearest-weekday", "monday")
    (folder / "calendars/us-days.yaml").write_text(f"{text}citations: [{{document: zz}}]\n")
    assert [
        "document 'zz' is not in the register",
        "observed 'monday' is no rule: write nearest-weekday, or leave it out",
    ] == told(folder)
