"""How a region sends its notices, and what a person wishes of theirs, over HTTP."""
import json
import unittest

from hearing import REGION, must
from site_under_test import Site, new_id

SETTINGS = REGION + "/notificationSettings"


def patch(site, path, resource):
    return site.request("PATCH", f"{path}?requestId={new_id()}", json.dumps(resource).encode(),
                        {"Content-Type": "application/json", "KKR-Actor": "secretariat"})


class NotificationSettings(unittest.TestCase):
    def test_they_hold_before_anybody_sets_them_and_are_replaced_whole(self):
        with Site(demo_clock="2013-02-06T12:00:00Z") as site:
            first = must(site.get(SETTINGS))
            self.assertEqual((first["sendHour"], first["reminderDays"]), (9, [14, 7, 2]))
            offices = {one["occasion"]: one["offices"] for one in first["contactOffices"]}
            self.assertEqual(offices["OCCASION_REMINDER"], ["sundhedsdirektoer"])
            self.assertEqual(offices["OCCASION_INVOICE_ISSUED"], ["oekonomi"])
            second = must(patch(site, SETTINGS, {"sendHour": 0, "reminderDays": [3, 21]}))
            self.assertEqual((second["sendHour"], second["reminderDays"]), (0, [21, 3]))
            stale = patch(site, SETTINGS, {"etag": "1-other"})
            self.assertEqual(stale.reason, "ETAG_STALE")
            self.assertEqual(patch(site, SETTINGS, {"reminderDays": [91]}).reason,
                             "ARGUMENT_INVALID")
            self.assertEqual(must(patch(site, SETTINGS, {"etag": second["etag"]}))["sendHour"], 9)

    def test_a_person_turns_off_what_may_be_turned_off_until_erased(self):
        with Site(demo_clock="2013-02-06T12:00:00Z") as site:
            person = must(site.create("/v1/persons", {
                "givenName": "Eksempel", "familyName": "Direktør", "email": "e@kommune.example"}))
            wishes = f"{REGION}/preferences/{person['name'].removeprefix('persons/')}"
            self.assertEqual(must(site.get(wishes)).get("turnedOff", []), [])
            kept = must(patch(site, wishes, {"language": "LANGUAGE_ENGLISH",
                                             "digest": "DIGEST_DAILY",
                                             "turnedOff": ["OCCASION_ROUND_CLOSED"]}))
            self.assertEqual(must(site.get(wishes)), kept)
            self.assertEqual(patch(site, wishes, {"turnedOff": ["OCCASION_REMINDER"]}).reason,
                             "OCCASION_MANDATORY")
            must(site.post(f"/v1/{person['name']}:erase", {}))
            must(site.post("/v1/clock:advance", {"to": "2013-02-06T12:00:00Z"}))
            self.assertEqual(must(site.get(wishes)).get("turnedOff", []), [])
            self.assertEqual(patch(site, wishes, {}).reason, "PERSON_ERASED")


if __name__ == "__main__":
    unittest.main()
