"""Another library than the one that writes our calendars reads the same instants in them."""

import os
import subprocess
import unittest

import calendar_reader

DAYS = 2 * 365
QUARTERS = 2 * (23 + 25) * 4


class SecondReader(unittest.TestCase):
    def setUp(self):
        self.text = subprocess.run([os.environ["PRINT_CALENDAR"]], check=True,
                                   capture_output=True).stdout.decode()

    def test_reads_the_same_instants_over_both_changes_of_summer_time(self):
        read = calendar_reader.read(self.text)
        self.assertEqual(read["method"], "PUBLISH")
        self.assertEqual(len(read["entries"]), DAYS + QUARTERS)
        for entry in read["entries"]:
            meant = "{starts_at}-{ends_at}@kkr.example".format(**entry)
            self.assertEqual(entry["uid"], meant)
            self.assertEqual(entry["summary"], 'Frist: høringssvar, "Nordstjerne"; 😀')

    def test_reads_other_instants_under_other_rules(self):
        later = self.text.replace("BYMONTH=3", "BYMONTH=4", 1)
        self.assertTrue(any(not entry["uid"].startswith(f"{entry['starts_at']}-")
                            for entry in calendar_reader.read(later)["entries"]))


if __name__ == "__main__":
    unittest.main()
