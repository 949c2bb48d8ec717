"""The alarms and the dashboard: sound, about metrics that exist, and explained."""

import glob
import json
import os
import re
import subprocess
import unittest

import yaml

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
PROMETHEUS = os.path.join(ROOT, "deploy/prometheus")
# What the issue of operations is about; each has a panel and an alarm.
WATCHED = ("kkr_relay_position", "kkr_follower_position", "kkr_oldest_unsent_seconds",
           "kkr_queue_commands", "kkr_http_requests_total", "kkr_calls_total", "kkr_lease_epoch")


def registered_metrics():
    """Names that the sources give to metrics; a histogram's stand with its suffixes."""
    names = set()
    for path in glob.glob(f"{ROOT}/services/**/*.cc", recursive=True) + \
            glob.glob(f"{ROOT}/gateway/**/*.cc", recursive=True):
        if not path.endswith("_test.cc"):
            with open(path, encoding="utf-8") as file:
                names |= set(re.findall(r'"(kkr_[a-z_]+)"', file.read()))
    return names


def alarms():
    with open(f"{PROMETHEUS}/alerts.yaml", encoding="utf-8") as file:
        groups = yaml.safe_load(file)["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels():
    with open(f"{ROOT}/deploy/grafana/kkr.json", encoding="utf-8") as file:
        return json.load(file)["panels"]


def metrics_in(expression):
    return {re.sub(r"_(bucket|sum|count)$", "", name)
            for name in re.findall(r"\bkkr_[a-z_]+", expression)}


def expressions():
    yield from ((alarm["alert"], alarm["expr"]) for alarm in alarms())
    yield from ((panel["title"], target["expr"])
                for panel in panels() for target in panel["targets"])


def promtool(*arguments):
    return subprocess.run(["promtool", *arguments], cwd=PROMETHEUS, capture_output=True, text=True,
                          check=False)


class AlarmsTest(unittest.TestCase):
    def assert_promtool(self, *arguments):
        done = promtool(*arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_rules_are_rules(self):
        self.assert_promtool("check", "rules", "alerts.yaml")
        self.assert_promtool("check", "config", "prometheus.yaml")

    def test_they_ring_when_they_should(self):
        self.assert_promtool("test", "rules", "alerts_test.yaml")

    def test_they_are_about_metrics_that_exist(self):
        known = registered_metrics()
        for name, expression in expressions():
            self.assertLessEqual(metrics_in(expression), known, name)

    def test_what_matters_has_an_alarm_and_a_panel(self):
        alarmed = set().union(*(metrics_in(alarm["expr"]) for alarm in alarms()))
        shown = set().union(*(metrics_in(target["expr"])
                              for panel in panels() for target in panel["targets"]))
        self.assertLessEqual(set(WATCHED), alarmed)
        self.assertLessEqual(set(WATCHED), shown)

    def test_each_says_how_urgent_it_is_and_what_happened(self):
        for alarm in alarms():
            self.assertIn(alarm["labels"]["severity"], ("critical", "warning"))
            self.assertTrue(alarm["annotations"]["summary"])

    def test_each_is_explained_to_operators(self):
        with open(f"{ROOT}/docs/operations.md", encoding="utf-8") as file:
            explained = re.findall(r"^### (Kkr\w+)", file.read(), re.MULTILINE)
        self.assertEqual(sorted(explained), sorted(alarm["alert"] for alarm in alarms()))

    def test_the_dashboard_has_panels_of_its_own_place(self):
        places = [tuple(panel["gridPos"].values()) for panel in panels()]
        self.assertEqual(len(places), len(set(places)))
        self.assertEqual(len({panel["id"] for panel in panels()}), len(places))
        for panel in panels():  # Each expression is one that Prometheus can read.
            for target in panel["targets"]:
                rule = target["expr"].replace('=~"$log"', '=~".*"')
                self.assertNotIn("$", re.sub(r'"\$1"', "", rule), panel["title"])


if __name__ == "__main__":
    unittest.main()
