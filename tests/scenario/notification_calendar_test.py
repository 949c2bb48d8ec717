"""Deadlines in calendars: feeds behind links, as another library than ours reads them."""
import datetime
import email
import email.policy
import mailbox
import os
import pathlib
import sys
import unittest

from hearing import REGION, ROUND, must, open_round
from notices import advance, appoint
from site_under_test import Site, new_id, wait_until

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "calendar"))
import calendar_reader  # noqa: E402

OPENED = "2013-02-06T10:00:00Z"


def utc(*parts):
    return int(datetime.datetime(*parts, tzinfo=datetime.timezone.utc).timestamp())


def create_feed(site, municipality, **feed):
    return must(site.create(REGION + "/feeds", {"municipality": municipality, **feed}))


def calendar(site, feed):
    reply = site.get(feed["link"])
    assert reply.status == 200, reply
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8", reply.headers
    return calendar_reader.read(reply.body.decode())


def entries(site, feed):
    return calendar(site, feed)["entries"]


class CalendarFeed(unittest.TestCase):
    def setUp(self):
        self.site = self.enterContext(Site(demo_clock=OPENED))

    def the_entry(self, feed, sequence=0):
        """The feed's one entry, once it has come to this version."""
        def found():
            read = entries(self.site, feed)
            return read[0] if read and read[0]["sequence"] == sequence else None
        entry = wait_until(found, f"the entry in its version {sequence}")
        self.assertEqual(len(entries(self.site, feed)), 1)
        return entry

    def test_follows_an_extension_and_a_cancellation(self):
        open_round(self.site)
        feed, other = create_feed(self.site, "165"), create_feed(self.site, "101")
        before, untouched = self.the_entry(feed), self.the_entry(other)
        self.assertEqual(before["starts_at"], utc(2013, 3, 18, 23))
        self.assertEqual(before["ends_at"], utc(2013, 3, 19, 23))
        self.assertIn("19. marts 2013", before["description"])

        extension = ROUND + "/extensions/165"
        must(self.site.post(extension + ":grant",
                            {"deadlineDate": "2013-04-02", "reason": "Kommunalbestyrelsens møde"}))
        moved = self.the_entry(feed, sequence=1)
        self.assertEqual(moved["uid"], before["uid"])
        self.assertEqual(moved["ends_at"], utc(2013, 4, 2, 22))  # Summer time has begun.
        self.assertEqual(self.the_entry(other), untouched)

        must(self.site.post(extension + ":withdraw", {"reason": "Svaret er på vej"}))
        back = self.the_entry(feed, sequence=2)
        self.assertEqual(back["uid"], before["uid"])
        self.assertEqual(back["ends_at"], before["ends_at"])

        must(self.site.post(ROUND + ":cancel", {"reason": "Papiret trækkes tilbage"}))
        for each in (feed, other):
            wait_until(lambda each=each: not entries(self.site, each), "the entry is gone")

    def test_tells_the_same_instants_over_both_changes_of_summer_time(self):
        open_round(self.site, "foraar", deadline="2013-03-31")
        open_round(self.site, "efteraar", deadline="2013-10-27")
        feed = create_feed(self.site, "165")
        read = wait_until(lambda: entries(self.site, feed)[1:] and entries(self.site, feed),
                          "both deadlines are there")
        spans = sorted((entry["starts_at"], entry["ends_at"]) for entry in read)
        self.assertEqual(spans, [(utc(2013, 3, 30, 23), utc(2013, 3, 31, 22)),
                                 (utc(2013, 10, 26, 22), utc(2013, 10, 27, 23))])

    def test_is_sent_again_only_when_it_has_changed(self):
        open_round(self.site)
        feed = create_feed(self.site, "165")
        self.the_entry(feed)
        etag = self.site.get(feed["link"]).headers["etag"]
        known = {"If-None-Match": etag}
        self.assertEqual(self.site.get(feed["link"], known).status, 304)
        must(self.site.post(ROUND + "/extensions/165:grant",
                            {"deadlineDate": "2013-04-02", "reason": "Møde"}))
        wait_until(lambda: self.site.get(feed["link"], known).status == 200, "it has changed")

    def test_shows_an_office_only_what_it_is_invited_to(self):
        open_round(self.site)
        self.the_entry(create_feed(self.site, "165", office="sundhedsdirektoer"))
        self.assertEqual(entries(self.site, create_feed(self.site, "165", office="borgmester")), [])

    def test_is_in_english_when_asked_for(self):
        open_round(self.site)
        feed = create_feed(self.site, "165", language="LANGUAGE_ENGLISH")
        self.assertEqual(self.the_entry(feed)["summary"], "Answer due: Sundhed")


def mailed_calendars(site, address):
    """What the calendar parts of the mails to an address say, in order of version and method."""
    maildir = mailbox.Maildir(os.path.join(site.data, "mail"), create=False)
    parts = []
    for key in maildir.keys():
        mail = email.message_from_bytes(maildir.get_bytes(key), policy=email.policy.default)
        if mail["To"].addresses[0].addr_spec != address:
            continue
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                read = calendar_reader.read(part.get_content())
                assert part.get_param("method") == read["method"], part["Content-Type"]
                parts.append((read["method"], read["entries"][0]))
    return sorted(parts, key=lambda part: (part[1]["sequence"], part[0]))


class CalendarInMails(unittest.TestCase):
    def test_puts_in_moves_and_takes_out_the_entry_that_the_feed_shows(self):
        with Site(demo_clock=OPENED) as site:
            address = "direktoer@albertslund.example"
            appoint(site, "165", address=address)
            feed = create_feed(site, "165")
            open_round(site)
            advance(site, "2013-02-06T11:00:00Z")
            method, invited = mailed_calendars(site, address)[0]
            self.assertEqual((method, invited["sequence"]), ("REQUEST", 0))
            self.assertEqual(invited["attendees"], ["mailto:" + address])
            self.assertEqual(invited["ends_at"], utc(2013, 3, 19, 23))
            shown = entries(site, feed)[0]
            self.assertEqual({**shown, "attendees": invited["attendees"]}, invited)

            must(site.post(ROUND + "/extensions/165:grant",
                           {"deadlineDate": "2013-04-02", "reason": "Møde"}))
            advance(site, "2013-02-06T12:00:00Z")
            method, moved = mailed_calendars(site, address)[-1]
            self.assertEqual((method, moved["sequence"]), ("REQUEST", 1))
            self.assertEqual(moved["uid"], invited["uid"])
            self.assertEqual(moved["ends_at"], utc(2013, 4, 2, 22))

            must(site.post(ROUND + ":cancel", {"reason": "Papiret trækkes tilbage"}))
            advance(site, "2013-02-06T13:00:00Z")
            method, removed = mailed_calendars(site, address)[-1]
            self.assertEqual((method, removed["status"]), ("CANCEL", "CANCELLED"))
            self.assertEqual((removed["uid"], removed["sequence"]), (invited["uid"], 2))
            self.assertEqual(entries(site, feed), [])


class CalendarLink(unittest.TestCase):
    def setUp(self):
        self.site = self.enterContext(Site(demo_clock=OPENED))

    def test_is_the_same_for_a_repeated_command_and_another_for_every_feed(self):
        request_id = new_id()
        asked = [must(self.site.create(REGION + "/feeds", {"municipality": "165"},
                                       request_id=request_id)) for _ in range(2)]
        self.assertEqual(asked[0], asked[1])
        self.assertRegex(asked[0]["link"], r"^/calendars/hovedstaden/[\w-]{43}\.ics$")
        other = create_feed(self.site, "165")
        self.assertNotEqual(other["link"], asked[0]["link"])

        shown = must(self.site.get("/v1/" + asked[0]["name"]))
        self.assertEqual(shown["link"], asked[0]["link"])
        listed = must(self.site.get(REGION + "/feeds"))["feeds"]
        self.assertEqual({feed["name"] for feed in listed}, {asked[0]["name"], other["name"]})
        self.assertTrue(all(not feed.get("link") for feed in listed))

    def test_leads_nowhere_once_it_is_revoked(self):
        feed = create_feed(self.site, "165")
        self.assertEqual(entries(self.site, feed), [])
        for _ in range(2):
            revoked = must(self.site.post("/v1/" + feed["name"] + ":revoke", {}))
            self.assertIn("revokeTime", revoked)
            self.assertFalse(revoked.get("link"))
        reply = self.site.get(feed["link"])
        self.assertEqual((reply.status, reply.reason), (404, "FEED_UNKNOWN"))

    def test_tells_nothing_about_links_that_never_were(self):
        feed = create_feed(self.site, "165")
        for wrong in (feed["link"][:-4], feed["link"][:-5] + "x.ics",
                      "/calendars/hovedstaden/.ics", "/calendars/hovedstaden/x.ics"):
            reply = self.site.get(wrong)
            self.assertEqual((reply.status, reply.reason), (404, "FEED_UNKNOWN"), wrong)
        elsewhere = self.site.get(feed["link"].replace("hovedstaden", "sjaelland"))
        self.assertEqual((elsewhere.status, elsewhere.reason), (404, "FEED_UNKNOWN"))
        unknown = self.site.get(feed["link"].replace("hovedstaden", "bornholm"))
        self.assertEqual((unknown.status, unknown.reason), (404, "REGION_UNKNOWN"))

    def test_survives_a_restart(self):
        feed = create_feed(self.site, "165")
        self.site.stop()
        self.site.start()
        self.assertEqual(entries(self.site, feed), [])

    def test_is_refused_for_what_is_no_municipality(self):
        reply = self.site.create(REGION + "/feeds", {"municipality": "Albertslund"})
        self.assertEqual((reply.status, reply.reason), (400, "ARGUMENT_INVALID"))
        unknown = self.site.get(REGION + "/feeds/none")
        self.assertEqual((unknown.status, unknown.reason), (404, "FEED_UNKNOWN"))


if __name__ == "__main__":
    unittest.main()
