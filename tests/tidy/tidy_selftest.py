"""Shows that every rule can fail, and does not fail where it should not."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import batches
import rules
import tidy

GOOD_HEADER = "// A sample.\n\n#pragma once\n\n#include <map>\n"

# rule, path, a text that breaks it, a text beside it that does not
ROWS = (
    (rules.file_is_short, "a.cc", "\n" * 401, "\n" * 400),
    (rules.lines_are_short, "a.cc", "x" * 101, "å" * 100),
    (rules.header_opens_with_a_comment, "a.h", "#pragma once\n", GOOD_HEADER),
    (rules.header_is_guarded, "a.h", "// A sample.\n", GOOD_HEADER),
    (rules.type_says_what_it_is, "a.h", "class RoundManager {\n", "class Rounds {\n"),
    (rules.type_says_what_it_is, "a.h", "class Handler {\n", "class GrantHandler {\n"),
    (rules.type_says_what_it_is, "a.cc", "struct RoundInfo {", "struct Information {"),
    (rules.domain_includes_only_pure_headers, "services/x/domain/a.cc",
     "#include <grpcpp/grpcpp.h>", "#include <map>"),
    (rules.domain_includes_only_pure_headers, "services/x/domain/a.cc",
     "#include <iostream>", '#include "services/x/domain/a.h"'),
    (rules.domain_includes_only_pure_headers, "services/x/domain/a.cc",
     '#include "services/x/app/a.h"', '#include "services/platform/time/local_date.h"'),
    (rules.domain_includes_only_pure_headers, "services/x/domain/a.cc",
     '#include "kkr/x/v1/x.grpc.pb.h"', '#include "kkr/x/v1/x.pb.h"'),
    (rules.domain_includes_only_pure_headers, "services/x/domain/a.h",
     "#include <gtest/gtest.h>", "#include <vector>"),
    (rules.domain_is_pure, "services/x/domain/a.cc",
     "auto t = std::chrono::system_clock::now();", "auto t = context.now;"),
    (rules.domain_is_pure, "services/x/domain/a.cc", "absl::Now()", "absl::UnixEpoch()"),
    (rules.domain_is_pure, "services/x/domain/a.cc", "std::random_device r;", "int r;"),
    (rules.nothing_generated, "a.h", "// Generated. " + rules.GENERATED + "!", GOOD_HEADER),
    (rules.no_place_but_the_repository, "a.md", "see /wo" "rk/main", "see $root/work/main"),
    (rules.no_place_but_the_repository, "a.sh", "cp /ho" "me/me/x .", "cp \"$root/home/x\" ."),
    (rules.no_place_but_the_repository, "a.json",
     "https://regi" "stry.npmjs.org/x", "https://kl.example/x"),
    (rules.no_place_but_the_repository, "a.py", "open('../sha" "red/x')", "open('../x')"),
    (rules.persons_are_invented, "a.cc", "anna@kommune" ".dk", "anna@kommune.example buf@1.75.0"),
    (rules.persons_are_invented, "a.cc", "+45 3" "3 12 34 56", "+45 01 23 45 67 CVR 66137112"),
    (rules.persons_are_invented, "a.md", "tlf. 4" "3686868", "2013-02-06 10:00"),
    (rules.main_is_short, "main.cc", "int main() {\n" + "  f();\n" * 19 + "}\n",
     "int main() {\n" + "  f();\n" * 18 + "}\n"),
)

BAD_PATHS = ("gateway/util/a.cc", "services/common/a.h", "a_helper.cc", "info.proto", "handler.cc",
             "round_manager.h", "store_impl.cc")
GENERATED_PATHS = ("x/a.pb.h", "x/a.grpc.pb.cc", "tools/node_modules/x/index.js")


class Rules(unittest.TestCase):
    def test_each_row_breaks_its_rule_and_its_neighbour_does_not(self):
        for rule, path, bad, good in ROWS:
            with self.subTest(rule=rule.__name__, bad=bad[:40]):
                self.assertTrue(list(rule(path, bad)))
                self.assertFalse(list(rule(path, good)))

    def test_names_that_say_nothing_are_refused(self):
        for path in BAD_PATHS:
            self.assertTrue(list(rules.name_says_what_it_knows(path, "")), path)
        for path in ("gateway/routing/a.cc", "services/registry/database.h"):
            self.assertFalse(list(rules.name_says_what_it_knows(path, "")), path)

    def test_generated_files_are_refused_by_name(self):
        for path in GENERATED_PATHS:
            self.assertTrue(list(rules.nothing_generated(path, "")), path)

    def test_every_rule_has_a_row(self):
        shown = {row[0] for row in ROWS} | {rules.name_says_what_it_knows}
        self.assertEqual(shown, set(rules.RULES))


class WholeTree(unittest.TestCase):
    def faults(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            subprocess.run(["git", "init", "-q", folder], check=True)
            (root / ".clang-format").write_text("BasedOnStyle: Google\n")
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return list(tidy.faults_of(root))

    def test_a_clean_tree_has_no_faults(self):
        self.assertEqual(self.faults({"a/b.h": GOOD_HEADER, "a/b.cc": "int x;\n"}), [])

    def test_a_fault_names_file_line_and_rule(self):
        self.assertEqual(self.faults({"a/b.md": "one\nanna@kommune" ".dk\n"}),
                         ["a/b.md:2: a mail address that does not end in .example: anna@kommune"
                          ".dk (persons_are_invented)"])

    def test_bad_layout_is_found(self):
        faults = self.faults({"a/b.cc": "int   x ;\n"})
        version = subprocess.run(["clang-format", "--version"], capture_output=True, text=True)
        if f"version {tidy.FORMATTER}." in version.stdout:
            self.assertEqual(len(faults), 1)
            self.assertIn("a/b.cc:1", faults[0])


class Lint(unittest.TestCase):
    NAMELESS = "namespace kkr {\nnamespace {\n\n%s\n\n}  // namespace\n}  // namespace kkr\n"

    def test_sources_with_the_same_names_stand_in_different_batches(self):
        for both in ("int f(int x) {", "struct A {", "constexpr int kA = 1;", "int a[3] = {"):
            texts = {source: self.NAMELESS % both for source in ("a.cc", "b.cc")}
            self.assertEqual([list(part) for part in batches.split(texts).values()],
                             [["a.cc"], ["b.cc"]], both)

    def test_others_stand_together(self):
        texts = {"a.cc": self.NAMELESS % "int f(int x) {\n  int y = 1;", "b.cc": "int y = 1;\n",
                 "c.cc": self.NAMELESS % "int g(int x) {\n  int y = 1;",
                 "d.cc": (self.NAMELESS % "int f(int x) {").replace("kkr", "kkr::other")}
        self.assertEqual([list(part) for part in batches.split(texts).values()], [list(texts)])

    def test_a_fault_names_source_line_and_check(self):
        fault = "#include <string>\n\nint f(std::string s) {\n  return s.size() == 0;\n}\n"
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / ".clang-tidy").write_text("Checks: '-*,readability-container-size-empty'\n"
                                              "WarningsAsErrors: '*'\n")
            # The third cannot be compiled behind the second.
            for source, text in (("a.cc", "int a;\n"), ("b.cc", fault), ("c.cc", "char* a;\n")):
                (root / source).write_text(text)
            (root / "compile_commands.json").write_text(json.dumps([{"command": "c++ -std=c++20"}]))
            subprocess.run(["git", "init", "-q", folder], check=True)
            subprocess.run(["git", "-C", folder, "add", "."], check=True)
            lint = pathlib.Path(__file__).parent / "lint.py"
            result = subprocess.run([sys.executable, lint, folder, folder], capture_output=True,
                                    text=True)
        self.assertIn("b.cc:4:10: error:", result.stdout)
        self.assertIn("[readability-container-size-empty", result.stdout)
        self.assertEqual(result.returncode, 1)


if __name__ == "__main__":
    unittest.main()
