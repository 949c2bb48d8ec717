"""Reminders of the hearing of 2013: exactly those who have not answered, each by its own deadline,
nobody after the close. What must have been sent is reckoned here from the calendar of 2013."""
import datetime
import unittest

from hearing import ROUND, must, open_round, submit
from notices import advance, appoint, invited, reminders
from site_under_test import Site

DAYS = (14, 7, 2)
DEADLINE = datetime.date(2013, 3, 19)
# Easter of 2013, and no other holiday between February and May.
HOLIDAYS = {datetime.date(2013, 3, 28), datetime.date(2013, 3, 29), datetime.date(2013, 4, 1)}
# Summer time began on 31 March.
SUMMER_TIME = datetime.datetime(2013, 3, 31, 1)

# When a municipality answers, UTC; the others never do. Sent at 09:00 local time: 08:00 UTC in
# winter. 151 is half an hour early for the second reminder, 153 half an hour late.
ANSWERS = {"101": "2013-02-20T10:00:00Z", "147": "2013-03-05T07:59:00Z",
           "151": "2013-03-12T07:30:00Z", "153": "2013-03-12T08:30:00Z",
           "155": "2013-03-18T12:00:00Z", "157": "2013-03-11T09:00:00Z"}
WITHDRAWALS = {"157": "2013-03-13T09:00:00Z"}
# Granted when, until when.
EXTENSIONS = {"165": ("2013-03-08T10:00:00Z", "2013-04-02"),
              "167": ("2013-03-18T10:00:00Z", "2013-03-22")}
CLOSE = "2013-03-26T12:00:00Z"
OPENED = "2013-02-06T12:00:00Z"


def instant(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def send_time(deadline, days):
    """09:00 local time so many days before, on the working day on or before that, as UTC."""
    day = deadline - datetime.timedelta(days)
    while day.weekday() >= 5 or day in HOLIDAYS:
        day -= datetime.timedelta(1)
    at = datetime.datetime.combine(day, datetime.time(8))
    return at - datetime.timedelta(hours=1) if at >= SUMMER_TIME else at


def deadline_at(code, when):
    """The deadline of the municipality as it stood then."""
    if code not in EXTENSIONS:
        return DEADLINE
    granted, until = EXTENSIONS[code]
    return datetime.date.fromisoformat(until) if instant(granted) <= when else DEADLINE


def has_answered(code, when):
    answered = code in ANSWERS and instant(ANSWERS[code]) <= when
    withdrawn = code in WITHDRAWALS and instant(WITHDRAWALS[code]) <= when
    return answered and not withdrawn


def fate(code, deadline, days):
    """What must have become of a reminder: sent, before it could be planned, or nothing."""
    at = send_time(deadline, days)
    if at >= instant(CLOSE):
        return None
    if deadline_at(code, at) != deadline:
        # The old deadline held no more; the new one was granted only later.
        return None if deadline == DEADLINE else "BEFORE_PLAN"
    if not has_answered(code, at):
        return "SENT"
    return "BEFORE_PLAN" if code in WITHDRAWALS else None


def expected(codes):
    """The whole send log of reminders: (step, code) → what became of it."""
    table = {(f"{deadline}-{days}", code): fate(code, deadline, days)
             for code in codes for days in DAYS
             for deadline in (DEADLINE, deadline_at(code, instant(CLOSE)))}
    return {key: what for key, what in table.items() if what}


class RemindersOf2013(unittest.TestCase):
    def test_exactly_those_who_had_not_answered_were_reminded(self):
        with Site(demo_clock=OPENED) as site:
            open_round(site)
            codes = invited(site)
            self.assertEqual(len(codes), 29)
            for code in codes:
                appoint(site, code)
            events = [(when, lambda code=code: submit(site, code))
                      for code, when in ANSWERS.items()]
            events += [(when, lambda code=code: site.post(
                f"{ROUND}/answers/{code}:withdraw", {"reason": "Genbehandles"}))
                       for code, when in WITHDRAWALS.items()]
            events += [(when, lambda code=code, until=until: site.post(
                f"{ROUND}/extensions/{code}:grant", {"deadlineDate": until, "reason": "Valg"}))
                       for code, (when, until) in EXTENSIONS.items()]
            events.append((CLOSE, lambda: site.post(f"{ROUND}:close", {})))
            for when, happen in sorted(events, key=lambda event: event[0]):
                advance(site, when)
                must(happen())
            advance(site, "2013-05-01T10:00:00Z")
            log = reminders(site)
            self.assertEqual(log, expected(codes))
            sent = {key for key, what in log.items() if what == "SENT"}
            self.assertIn(("2013-04-02-14", "165"), sent)
            self.assertNotIn(("2013-03-19-7", "165"), sent)
            self.assertEqual(must(site.get(f"{ROUND}/reminders")).get("reminders", []), [])

    def test_a_clock_that_is_moved_far_stops_at_each_reminder(self):
        with Site(demo_clock=OPENED) as site:
            open_round(site)
            codes = invited(site)
            for code in codes:
                appoint(site, code)
            advance(site, "2013-03-18T10:00:00Z")
            self.assertEqual(reminders(site), {(f"{DEADLINE}-{days}", code): "SENT"
                                               for days in DAYS for code in codes})


if __name__ == "__main__":
    unittest.main()
