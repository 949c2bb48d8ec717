"""A site brought back from a backup knows what it has sent: nothing goes out a second time. Where
the record of the sends is lost, nothing goes out for what the log already holds."""
import os
import tempfile
import unittest

from hearing import open_round
from notices import advance, appoint, sends
from site_under_test import Site, admin

CLOCK = "2013-02-06T09:00:00Z"


def mails_in(data):
    """The mails that lie in the site's maildir."""
    folder = os.path.join(data, "mail", "new")
    return os.listdir(folder) if os.path.isdir(folder) else []


class RestoredSite(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="kkr-restore-")
        self.addCleanup(folder.cleanup)
        self.path = lambda name: os.path.join(folder.name, name)
        with Site(demo_clock=CLOCK) as site:
            for code in ("101", "165"):
                appoint(site, code)
            open_round(site)
            advance(site, "2013-03-05T09:00:00Z")
            self.before = {send["name"]: send["state"] for send in sends(site)}
            self.assertEqual(len(mails_in(site.data)), 4)
            code, said = admin("backup", self.path("backup"), "--data", site.data)
            self.assertEqual(code, 0, said)
        code, said = admin("restore", self.path("backup"), "--data", self.path("data"))
        self.assertEqual(code, 0, said)

    def test_sends_nothing_again_and_goes_on_with_what_comes(self):
        with Site(data=self.path("data")) as site:
            advance(site, "2013-03-06T09:00:00Z")
            self.assertEqual({send["name"]: send["state"] for send in sends(site)}, self.before)
            self.assertEqual(mails_in(site.data), [])
            advance(site, "2013-03-12T09:00:00Z")
            self.assertEqual(len(mails_in(site.data)), 2)
            code, said = admin("verify", "--data", site.data)
            self.assertEqual(code, 0, said)

    def test_does_not_guess_what_was_sent_when_the_record_of_it_is_lost(self):
        os.remove(self.path("data/notification/hovedstaden/sends.db"))
        with Site(data=self.path("data")) as site:
            advance(site, "2013-03-06T09:00:00Z")
            self.assertEqual({send["name"] for send in sends(site)}, set(self.before))
            self.assertEqual({send["reason"] for send in sends(site, state="STATE_DROPPED")},
                             {"SENDS_LOST"})
            self.assertEqual(mails_in(site.data), [])


if __name__ == "__main__":
    unittest.main()
