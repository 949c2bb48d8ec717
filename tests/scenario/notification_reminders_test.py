"""The plan of reminders as the secretariat sees it, and moves or stops a step of it."""
import unittest

from hearing import ROUND, must, open_round, submit
from notices import advance
from site_under_test import Site, files_holding

OPENED = "2013-02-06T12:00:00Z"


class Reminders(unittest.TestCase):
    def test_the_plan_can_be_seen_and_changed_with_a_reason(self):
        with Site(demo_clock=OPENED) as site:
            open_round(site)
            advance(site, OPENED)
            plan = must(site.get(f"{ROUND}/reminders"))["reminders"]
            self.assertEqual([(one["name"].rsplit("/", 1)[1], one["sendTime"]) for one in plan],
                             [("2013-03-19-14", "2013-03-05T08:00:00Z"),
                              ("2013-03-19-7", "2013-03-12T08:00:00Z"),
                              ("2013-03-19-2", "2013-03-15T08:00:00Z")])
            self.assertEqual(len(plan[0]["recipients"]), 29)
            first, second = "/v1/" + plan[0]["name"], "/v1/" + plan[1]["name"]
            self.assertEqual(site.post(first + ":stop", {}).reason, "REASON_MISSING")
            stopped = must(site.post(first + ":stop", {"reason": "Vinterferie"}))
            self.assertEqual((stopped["stopped"], stopped["reason"]["text"]), (True, "Vinterferie"))
            moved = must(site.post(second + ":move", {"date": "2013-03-11", "reason": "Møde"}))
            self.assertEqual(moved["sendTime"], "2013-03-11T08:00:00Z")
            self.assertEqual(site.post(second + ":move", {"date": "2013-03-10", "reason": "Møde"})
                             .reason, "DATE_NOT_WORKING_DAY")
            submit(site, "165")
            advance(site, OPENED)
            whole = must(site.get("/v1/regions/hovedstaden/rounds/-/reminders"))["reminders"]
            self.assertEqual([len(one["recipients"]) for one in whole], [28, 28, 28])
            advance(site, "2013-03-18T10:00:00Z")
            erased = must(site.post(first + ":eraseReason", {}))
            self.assertTrue(erased["stopped"])
            self.assertEqual(erased["reason"], {"text": "", "erased": True})
            self.assertEqual(files_holding(site.data, "Vinterferie"), [])
            self.assertEqual(site.post(first + ":stop", {"reason": "Igen"}).reason,
                             "REMINDER_PASSED")


if __name__ == "__main__":
    unittest.main()
