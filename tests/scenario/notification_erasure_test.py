"""A person who was written to is erased: no address, name or body of theirs stays in any file of
the site, the successor gets the next notice, and the log still verifies."""
import json
import unittest

from hearing import REGION, ROUND, must, open_round
from notices import DIRECTOR, advance, appoint, sends
from site_under_test import Site, admin, files_holding, new_id, wait_until

CLOCK = "2013-02-06T09:00:00Z"
ADDRESS = "tusnelda.proevesten@kommune-165.example"
# Of the person, and as a mail encodes them.
TRACES = (ADDRESS, "Direktør 165", "Direkt=C3=B8r 165", "tusnelda")


class ErasedPerson(unittest.TestCase):
    def test_nothing_of_an_erased_person_stays_in_any_file(self):
        with Site(demo_clock=CLOCK) as site:
            person = appoint(site, "165", address=ADDRESS)
            appoint(site, "101")
            open_round(site)
            advance(site, "2013-03-05T09:00:00Z")  # Invitation, and the first reminder.
            mine = {send["occasion"]: send for send in sends(site, municipality="165")}
            self.assertEqual({send["state"] for send in mine.values()}, {"STATE_SENT"})
            self.assertEqual(mine["OCCASION_REMINDER"]["address"], ADDRESS)
            whole = must(site.get("/v1/" + mine["OCCASION_REMINDER"]["name"]))
            self.assertIn("19. marts 2013", whole["mailText"])
            self.assertTrue(files_holding(site.data, ADDRESS), "the search finds what is there")

            must(site.post("/v1/" + person["name"] + ":erase", {}))
            wait_until(lambda: not sends(site, municipality="165")[0].get("address"),
                       "the letters are empty")
            successor = must(site.create("/v1/persons", {
                "givenName": "Bent", "familyName": "Efterfølger", "email": "bent@165.example"}))
            must(site.post(f"/v1/municipalities/165/offices/{DIRECTOR}:endTenure",
                           {"toDate": "2013-03-05"}))
            must(site.post(f"/v1/municipalities/165/offices/{DIRECTOR}:appoint",
                           {"person": successor["name"], "fromDate": "2013-03-06"}))
            advance(site, "2013-03-12T09:00:00Z")  # The second reminder.
            reminders = sends(site, municipality="165", occasion="OCCASION_REMINDER")
            self.assertEqual([send["address"] for send in reminders], ["bent@165.example", ""])
            self.assertEqual({send["state"] for send in reminders}, {"STATE_SENT"})
            rows = must(site.get(ROUND + ":board"))["notices"]
            board = {row["municipality"]: row for row in rows}
            self.assertEqual(board["165"]["invitedTime"], "2013-02-06T09:00:00Z")
            self.assertEqual(board["165"]["remindedCount"], 2)
            self.assertEqual(board["165"]["lastRemindedTime"], "2013-03-12T08:00:00Z")
            self.assertEqual(board["157"]["remindedCount"], 0, "nobody could be reached")

            self.assertEqual(site.stop(), 0)
            for trace in TRACES:
                self.assertEqual(files_holding(site.data, trace), [], trace)
            self.assertTrue(files_holding(site.data, "bent@165.example"), "others are kept")
            code, printed = admin("verify", "--data", site.data)
            self.assertEqual(code, 0, printed)

    def test_an_office_without_a_person_is_a_gap_and_its_mailbox_gets_the_notice(self):
        with Site(demo_clock=CLOCK) as site:
            municipality = must(site.get("/v1/municipalities/101"))
            changed = {field: municipality[field] for field in ("displayName", "officialName",
                                                                "cvr")}
            changed["mailbox"] = "post@101.example"
            must(site.request("PATCH", "/v1/municipalities/101?updateMask=mailbox&requestId="
                              + new_id(), body=json.dumps(changed).encode(),
                              headers={"Content-Type": "application/json",
                                       "KKR-Actor": "secretariat"}))
            open_round(site)
            advance(site, "2013-02-06T10:00:00Z")
            by_code = {send["municipality"]: send for send in sends(site)}
            self.assertEqual(by_code["101"]["state"], "STATE_SENT")
            self.assertEqual(by_code["101"]["address"], "post@101.example")
            self.assertEqual(by_code["165"]["state"], "STATE_FAILED")
            gaps = {gap["municipality"]: gap["kind"]
                    for gap in must(site.get(REGION + "/noticeGaps?pageSize=1000"))["gaps"]}
            self.assertEqual(len(gaps), 29)
            self.assertEqual(gaps["101"], "KIND_NO_PERSON")
            self.assertEqual(gaps["165"], "KIND_NO_MAILBOX")

            appoint(site, "165")  # The secretariat mends it.
            again = must(site.request("POST", "/v1/" + by_code["165"]["name"] + ":retry",
                                      body=b"{}",
                                      headers={"Content-Type": "application/json",
                                               "KKR-Actor": "secretariat"}))
            self.assertEqual(again["name"], by_code["165"]["name"])
            wait_until(lambda: sends(site, municipality="165")[0]["state"] == "STATE_SENT",
                       "it is sent")
            gaps = must(site.get(REGION + "/noticeGaps?pageSize=1000"))["gaps"]
            self.assertNotIn("165", [gap["municipality"] for gap in gaps])


if __name__ == "__main__":
    unittest.main()
