"""What becomes of an invoice after it was issued, through the site's HTTP."""
import unittest

from financing import AGREEMENT, REGION, agree, approve_budget, name_recipients, patch
from hearing import must
from site_under_test import Site

CLOCK = "2013-05-08T08:00:00Z"
COPENHAGEN = REGION + "/invoices/165-2013-1"


class Invoices(unittest.TestCase):
    def setUp(self):
        self.site = Site(demo_clock=CLOCK)
        self.addCleanup(self.site.__exit__)
        self.site.start()
        agree(self.site)
        name_recipients(self.site)
        approve_budget(self.site)
        must(self.site.post(AGREEMENT + "/budgets/2013/splits", {}))
        must(self.site.post(AGREEMENT + "/charges/2013-annual:run", {}))

    def advance(self, instant):
        must(self.site.post("/v1/clock:advance", {"to": instant}))

    def balances(self):
        trial = must(self.site.get(AGREEMENT + ":trialBalance"))
        self.assertEqual(trial["debitTotal"], trial["creditTotal"])
        return {row["account"]: row["balance"] for row in trial["rows"]}

    def test_is_dunned_from_the_later_of_two_dates_and_the_next_banking_day(self):
        issued = must(self.site.get(COPENHAGEN))
        self.assertEqual((issued["state"], issued["dueDate"], issued["dunningDueDate"]),
                         ("STATE_ISSUED", "2013-06-07", ""))
        self.advance("2013-05-16T08:00:00Z")
        delivered = must(self.site.post(COPENHAGEN + ":markDelivered", {}))
        # Thirty days after 16 May is a Saturday.
        self.assertEqual((delivered["state"], delivered["dunningDueDate"]),
                         ("STATE_DELIVERED", "2013-06-17"))
        self.assertEqual(delivered["dueDate"], "2013-06-07")
        again = self.site.post(COPENHAGEN + ":markDelivered", {"deliveredDate": "2013-05-15"})
        self.assertEqual(again.reason, "INVOICE_DELIVERED")

    def test_stands_still_while_it_is_disputed(self):
        must(self.site.post(COPENHAGEN + ":markDelivered", {}))
        disputed = must(self.site.post(COPENHAGEN + ":dispute", {"reason": "Forkert beløb"}))
        self.assertEqual((disputed["state"], disputed["dunningDueDate"]), ("STATE_DISPUTED", ""))
        self.assertEqual(disputed["disputeReason"]["text"], "Forkert beløb")
        self.advance("2013-09-01T08:00:00Z")
        self.assertEqual(must(self.site.get(COPENHAGEN))["dunningSteps"], 0)
        resolved = must(self.site.post(COPENHAGEN + ":resolveDispute", {"reason": "Står fast"}))
        self.assertEqual((resolved["state"], resolved["overdue"]), ("STATE_DELIVERED", False))
        self.assertGreater(resolved["dunningDueDate"], "2013-09-01")

    def test_is_credited_whole_in_the_same_series_and_issued_anew(self):
        before = self.balances()
        must(patch(self.site, AGREEMENT + "/recipients/101", {"orderReference": "PO-7"}))
        new = must(self.site.post(COPENHAGEN + ":credit",
                                  {"reason": "Forkert rekvirent", "reissue": True}))
        self.assertEqual((new["name"], new["orderReference"], new["payable"]),
                         ("regions/hovedstaden/invoices/165-2013-31", "PO-7", "484510.18"))
        self.assertEqual(new["replaces"], "regions/hovedstaden/invoices/165-2013-1")
        credited = must(self.site.get(COPENHAGEN))
        self.assertEqual((credited["state"], credited["outstanding"]), ("STATE_CREDITED", "0.00"))
        note = must(self.site.get("/v1/" + credited["creditedBy"]))
        self.assertEqual((note["kind"], note["number"], note["credits"]),
                         ("KIND_CREDIT_NOTE", "165-2013-0030", credited["name"]))
        self.assertEqual(self.balances()["ACCOUNT_RECEIVABLE"], before["ACCOUNT_RECEIVABLE"])
        again = self.site.post(COPENHAGEN + ":credit", {"reason": "Igen"})
        self.assertEqual(again.reason, "INVOICE_CREDITED")

    def test_to_the_host_itself_is_sent_to_nobody(self):
        listed = must(self.site.get(REGION + "/invoices?municipality=165"))["invoices"]
        self.assertEqual([one["internal"] for one in listed], [True])
        voucher = "/v1/" + listed[0]["name"]
        self.assertEqual(self.site.post(voucher + ":markDelivered", {}).reason, "INVOICE_INTERNAL")
        self.assertEqual(self.site.get(voucher + ":document?format=FORMAT_UBL").reason,
                         "INVOICE_INTERNAL")
        self.assertEqual(self.site.get(voucher + ":document?format=FORMAT_HTML").status, 200)


if __name__ == "__main__":
    unittest.main()
