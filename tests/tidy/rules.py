"""The style rules that a program can hold.

Each rule takes a file's path (relative to the repository) and text, and yields a pair (line number,
what is wrong) for every fault. Rules read one file at a time and never write. Patterns are put
together from pieces where spelling them out would break the rule itself.
"""

import re

CODE = (".cc", ".h", ".proto", ".py", ".sh", ".ts", ".cmake", "CMakeLists.txt", ".sql")
CPP = (".cc", ".h")

LINES_MAX = 400
COLUMNS_MAX = 100
MAIN_LINES_MAX = 20


def numbered(text):
    return enumerate(text.split("\n"), start=1)


def matches(pattern, text, complaint):
    """Yields the complaint, with what was found, for every line the pattern is found on."""
    for number, line in numbered(text):
        found = re.search(pattern, line)
        if found:
            yield number, f"{complaint}: {found.group(0).strip()}"


def file_is_short(path, text):
    if path.endswith(CODE) and text.count("\n") > LINES_MAX:
        yield text.count("\n"), f"more than {LINES_MAX} lines"


def lines_are_short(path, text):
    if path.endswith(CODE):
        for number, line in numbered(text):
            if len(line) > COLUMNS_MAX:
                yield number, f"more than {COLUMNS_MAX} columns"


BANNED_WORDS = {"common", "util", "utils", "helper", "helpers", "manager", "managers", "impl",
                "data", "info"}
# A word of the trade that only looks like one of them.
TERMS = {"common_prefix"}


def name_says_what_it_knows(path, _):
    for part in path.split("/"):
        stem = part.split(".")[0]
        if stem.removesuffix("_test") in TERMS:
            continue
        banned = BANNED_WORDS.intersection(stem.lower().split("_"))
        if banned or stem.lower() == "handler":
            yield 1, f"the name '{part}' does not say what is in it"


TYPE_NAME = re.compile(r"^\s*(?:class|struct|enum(?: class)?|using|concept)\s+(\w+)\b(?!;)")


def type_says_what_it_is(path, text):
    if not path.endswith(CPP):
        return
    for number, line in numbered(text):
        found = TYPE_NAME.match(line)
        if not found or found.group(1) == "namespace":
            continue
        words = {word.lower() for word in re.findall(r"[A-Z][a-z0-9]*", found.group(1))}
        if BANNED_WORDS & words or found.group(1) == "Handler":
            yield number, f"the name '{found.group(1)}' does not say what it is"


def header_opens_with_a_comment(path, text):
    if path.endswith(".h") and not text.startswith("// "):
        yield 1, "a header opens with a comment saying what it is and what it refuses to do"


def header_is_guarded(path, text):
    if path.endswith(".h") and "\n#pragma once\n" not in text:
        yield 1, "#pragma once is missing"


DOMAIN = re.compile(r"^services/(\w+)/domain/")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]')
PURE_STANDARD = set("""
    algorithm array bitset cassert cctype charconv climits cmath compare concepts cstddef cstdint
    cstring deque functional initializer_list iterator limits list map memory numeric optional queue
    ranges set span stack string string_view tuple type_traits unordered_map unordered_set utility
    variant vector""".split())
PURE_PREFIXES = ("absl/", "kkr/", "google/api/", "google/protobuf/", "google/type/") + tuple(
    f"services/platform/{part}" for part in (
        "appender/command.h", "decision/", "field/", "money/", "state/", "time/")) + (
    # Written, read and checked in memory only.
    "services/financing/einvoice/", "services/notification/templates/")
TEST_FILES = ("_test.cc", "story.h")  # A story is the scene that several tests play on.
TEST_PREFIXES = ("gtest/", "gmock/", "rapidcheck", "random")  # Chance with a seed that is printed.


def domain_includes_only_pure_headers(path, text):
    domain = DOMAIN.match(path)
    if not domain or not path.endswith(CPP):
        return
    allowed = PURE_PREFIXES + (domain.group(0),)
    if path.endswith(TEST_FILES):
        allowed += TEST_PREFIXES + (f"services/{domain.group(1)}/testing/",)
    for number, line in numbered(text):
        found = INCLUDE.match(line)
        if not found:
            continue
        name = found.group(1)
        if name in PURE_STANDARD or (name.startswith(allowed) and ".grpc.pb." not in name):
            continue
        yield number, f"the domain may not include {name}"


IMPURE = (r"\babsl::Now\(|_clock::now\(|\bstd::(?:random_device|mt19937|cout|cerr|thread|mutex)\b"
          r"|\bgetenv\(|\b(?:s?rand|time)\((?:nullptr|NULL|0)?\)|absl::(?:BitGen|Uniform|Mutex)\b")


def domain_is_pure(path, text):
    if DOMAIN.match(path) and path.endswith(CPP) and not path.endswith(TEST_FILES):
        yield from matches(IMPURE, text, "the domain has no clock, I/O, thread or chance")


GENERATED = "DO NOT " + "EDIT"


def nothing_generated(path, text):
    if re.search(r"\.pb\.(?:h|cc)$|_pb2\.py$|(?:^|/)node_modules/", path):
        yield 1, "generated code is not committed"
    elif GENERATED in text[:2000]:
        yield 1, f"generated code is not committed ('{GENERATED}')"


MACHINE_PATH = r"(?<![\w$}./*-])/(?:work|root|home)/\w[^\s\"']*"
REGISTRY_HOST = (r"(?<![\w.-])(?:registry|deb|security|snapshot|pypi|files)\.(?:[\w-]+\.)*"
                 r"(?:org|com|io)\b")
OUTSIDE = r"\.\./" + "shared"


def no_place_but_the_repository(_, text):
    yield from matches(MACHINE_PATH, text, "a path of one machine")
    yield from matches(REGISTRY_HOST, text, "a registry's host")
    yield from matches(OUTSIDE, text, "a folder outside the repository")


MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")
# No Danish number begins with 0: those are free for examples.
TELEPHONE = re.compile(r"\+45 ?[1-9]\d(?: ?\d\d){3}\b|(?i:\b(?:tlf|telefon|phone)\b[.: ]*)[1-9]\d"
                       r"(?: ?\d\d){3}\b|(?<![\d.:+-])[1-9]\d \d\d \d\d \d\d(?![\d.:-])")


def persons_are_invented(_, text):
    for number, line in numbered(text):
        for found in MAIL.findall(line):
            if not found.endswith(".example"):
                yield number, f"a mail address that does not end in .example: {found}"
        found = TELEPHONE.search(line)
        if found:
            yield number, f"a telephone number that may be somebody's: {found.group(0)}"


def main_is_short(path, text):
    if not path.endswith(".cc"):
        return
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if not re.match(r"int main\(", line):
            continue
        length = next((n for n, l in enumerate(lines[start:], 1) if l == "}"), 1)
        if length > MAIN_LINES_MAX:
            yield start + 1, f"main has more than {MAIN_LINES_MAX} lines"


RULES = (file_is_short, lines_are_short, name_says_what_it_knows, type_says_what_it_is,
         header_opens_with_a_comment, header_is_guarded, domain_includes_only_pure_headers,
         domain_is_pure, nothing_generated, no_place_but_the_repository, persons_are_invented,
         main_is_short)


def faults(path, text):
    """Every fault of one file as 'path:line: what (rule)', in the order of the rules."""
    for rule in RULES:
        for line, what in rule(path, text):
            yield f"{path}:{line}: {what} ({rule.__name__})"
