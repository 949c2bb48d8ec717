"""Splits sources into batches that can each be compiled as one file."""

import re

SOURCES_MAX = 60  # So that two processes share the work evenly.

# What a line that defines something begins with; one of the groups is its name.
DEFINITION = re.compile(
    r"(?:struct|class|enum class|enum|union) (\w+)"
    r"|(?:TEST\w*|RC_GTEST_PROP|INSTANTIATE_TEST_SUITE_P)\((\w+,\s*\w+)"
    r"|[\w:<>,&*\s\[\]]*?\b(\w+)\("
    r"|[\w:<>,&*\s]*?\b(\w+)(?:\[[^\]]*\])?(?: =|\{|;)")
NOT_A_NAME = ("template", "namespace", "using ")
ONE_IN_A_PROGRAM = ("int main(", "BENCHMARK_MAIN(", "void* operator", "void operator")


def own_names(text):
    """What a source defines for itself: two sources of one batch may not define the same."""
    names = set()
    namespace = ""
    nameless = False
    for line in text.splitlines():
        if line == "namespace {":
            nameless = True
        elif opened := re.match(r"namespace ([\w:]+) \{", line):
            namespace = opened[1]
        elif line == "}  // namespace":
            nameless = False
        elif line.startswith(ONE_IN_A_PROGRAM):
            names.add("main")
        elif macro := re.match(r"#define (\w+)", line):
            names.add(macro[1])
        elif nameless or line.startswith(("static ", "TEST")):
            names.update(f"{namespace}::{name}" for name in defined_in(line))
    return names


def defined_in(line):
    if not re.match(r"[A-Za-z_]", line) or line.startswith(NOT_A_NAME):
        return []
    found = DEFINITION.match(line)
    return [name for name in found.groups() if name] if found else []


def split(texts):
    """{source: text} as {batch: {source: text}}: the same batches for the same sources, always."""
    batches = {}
    for source in sorted(texts):
        names = own_names(texts[source])
        part = "tests" if is_test(source) else "sources"
        for number in range(len(texts)):
            taken, members = batches.setdefault(f"{part}_{number}", (set(), {}))
            if not taken & names and len(members) < SOURCES_MAX:
                taken |= names
                members[source] = texts[source]
                break
    return {batch: members for batch, (_, members) in batches.items()}


def is_test(source):
    """Tests and benchmarks: they need headers that nothing else needs."""
    return re.search(r"_test\.cc$|^bench/|^tests/|/testing/", source) is not None


class Batch:
    """Sources one behind the other. Their headers come first, where no source's names bother them.
    """

    def __init__(self, texts):
        headers = {header: () for text in texts.values()
                   for header in re.findall(r'^#include "[^"]+"$', text, re.MULTILINE)}
        self.text = "\n".join([*headers, ""])
        self.begins = []  # The sources, each with how many lines stand before it.
        for source, text in texts.items():
            self.begins.append((self.text.count("\n"), source))
            self.text += text

    def place(self, line):
        """Where the batch's line stands in the repository, `source:line`."""
        before, source = max((begin for begin in self.begins if begin[0] < line),
                             default=(0, "the headers of a batch"))
        return f"{source}:{line - before}"
