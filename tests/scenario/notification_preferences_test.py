"""What a person wishes of notices: some held for the next digest, some not at all, in their own
language; and what cannot be turned off comes all the same."""
import json
import unittest

from hearing import REGION, ROUND, must, open_round, submit
from notices import advance, appoint, sends
from site_under_test import Site, new_id

CLOCK = "2013-02-06T09:00:00Z"


def prefer(site, person, **wishes):
    """Replaces the person's preferences."""
    path = f"{REGION}/preferences/{person['name'].split('/')[1]}?requestId={new_id()}"
    return site.request("PATCH", path, body=json.dumps(wishes).encode(),
                        headers={"Content-Type": "application/json", "KKR-Actor": "secretariat"})


class Preferences(unittest.TestCase):
    def received(self, site, code):
        """The one send that says an answer was received."""
        found = sends(site, municipality=code, occasion="OCCASION_ANSWER_RECEIVED")
        self.assertEqual(len(found), 1)
        return found[0]

    def test_a_notice_is_held_for_the_digest_or_dropped_as_the_person_wishes(self):
        with Site(demo_clock=CLOCK) as site:
            codes = ("101", "147", "151", "165")
            daily, weekly, off, plain = (appoint(site, code) for code in codes)
            must(prefer(site, daily, digest="DIGEST_DAILY", language="LANGUAGE_ENGLISH"))
            must(prefer(site, weekly, digest="DIGEST_WEEKLY"))
            must(prefer(site, off, turnedOff=["OCCASION_ANSWER_RECEIVED"]))
            self.assertEqual(plain["familyName"], "Direktør 165")
            open_round(site)
            for code in codes:
                must(submit(site, code))
            advance(site, "2013-02-06T09:30:00Z")
            states = {code: self.received(site, code) for code in codes}
            self.assertEqual(states["101"]["state"], "STATE_DEFERRED")
            self.assertEqual(states["101"]["reason"], "DIGEST")
            self.assertEqual(states["147"]["state"], "STATE_DEFERRED")
            self.assertEqual(states["151"]["dropRule"], "DROP_RULE_TURNED_OFF")
            self.assertEqual(states["165"]["state"], "STATE_SENT")

            advance(site, "2013-02-07T09:00:00Z")  # Thursday; the hour is 8:00 UTC.
            whole = must(site.get("/v1/" + self.received(site, "101")["name"]))
            self.assertEqual(whole["state"], "STATE_SENT")
            self.assertEqual(whole["updateTime"], "2013-02-07T08:00:00Z")
            self.assertIn("19 March 2013", whole["mailText"])
            self.assertEqual(self.received(site, "147")["state"], "STATE_DEFERRED")

            advance(site, "2013-02-11T09:00:00Z")  # Monday.
            held = self.received(site, "147")
            self.assertEqual((held["state"], held["updateTime"]),
                             ("STATE_SENT", "2013-02-11T08:00:00Z"))

    def test_a_reminder_waits_for_no_digest_and_cannot_be_turned_off(self):
        with Site(demo_clock=CLOCK) as site:
            person = appoint(site, "165")
            refused = prefer(site, person, turnedOff=["OCCASION_REMINDER"])
            self.assertEqual(refused.reason, "OCCASION_MANDATORY")
            must(prefer(site, person, digest="DIGEST_WEEKLY"))
            open_round(site)
            advance(site, "2013-03-05T08:00:00Z")
            mine = sends(site, municipality="165")
            self.assertEqual({send["state"] for send in mine}, {"STATE_SENT"})
            self.assertEqual(len(mine), 2)
            counts = must(site.get(ROUND + "/notices"))["counts"]
            self.assertIn({"occasion": "OCCASION_REMINDER", "state": "STATE_SENT", "count": 1},
                          counts)


if __name__ == "__main__":
    unittest.main()
