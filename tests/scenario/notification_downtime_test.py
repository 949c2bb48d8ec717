"""The site was down from 10 to 18 March 2013, and missed two reminders: whoever has not answered is
reminded once when it starts, the older reminder is logged as superseded, and that is all."""
import unittest

from hearing import ROUND, must, open_round, submit
from notices import advance, appoint, await_owners, invited, reminders, sends
from site_under_test import Site

ANSWERED = ("101", "147", "165")
BACK = "2013-03-18T07:30:00Z"


def others_of(site):
    """Every send but the reminders, with its state."""
    return {(send["name"], send["state"]) for send in sends(site)
            if send["occasion"] != "OCCASION_REMINDER"}


class Downtime(unittest.TestCase):
    def test_the_newest_missed_reminder_is_sent_once(self):
        with Site(demo_clock="2013-02-06T12:00:00Z") as site:
            open_round(site)
            codes = invited(site)
            for code in codes:
                appoint(site, code)
            advance(site, "2013-03-08T09:00:00Z")
            for code in ANSWERED:
                must(submit(site, code))
            advance(site, "2013-03-10T12:00:00Z")
            others, first = others_of(site), reminders(site)
            self.assertEqual(first, {("2013-03-19-14", code): "SENT" for code in codes})
            board = must(site.get(f"{ROUND}/invitees?pageSize=1000"))
            self.assertEqual(site.stop(), 0)

            site.demo_clock = BACK
            site.start()
            advance(site, BACK)
            await_owners(site)
            silent = [code for code in codes if code not in ANSWERED]
            expected = dict(first)
            expected.update({("2013-03-19-2", code): "SENT" for code in silent})
            expected.update({("2013-03-19-7", code): "SUPERSEDED" for code in silent})
            self.assertEqual(reminders(site), expected)
            self.assertEqual(others_of(site), others)
            self.assertEqual(must(site.get(f"{ROUND}/invitees?pageSize=1000")), board)

            # Nothing is missed and nothing is done twice when it starts again.
            site.kill()
            site.start()
            advance(site, BACK)
            self.assertEqual(reminders(site), expected)
            self.assertEqual(must(site.get("/v1/clock"))["now"], BACK)


if __name__ == "__main__":
    unittest.main()
