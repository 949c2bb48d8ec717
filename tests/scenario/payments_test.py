"""Payments as a secretariat meets them: files of the bank, and what becomes of each movement."""
import unittest
from decimal import Decimal

from bank import camt053, csv_export
from charging import advance, balance_is_zero, charged_site, import_payments, invoices_of
from financing import AGREEMENT, REGION
from hearing import must

PAYMENTS = REGION + "/payments"


def listed(site, state):
    return must(site.get(f"{PAYMENTS}?pageSize=1000&state=STATE_{state}")).get("payments", [])


class Payments(unittest.TestCase):
    def setUp(self):
        self.site = charged_site(self)
        self.invoices = invoices_of(self.site)  # By municipality code.

    def number(self, code):
        return self.invoices[code]["number"]

    def payable(self, code):
        return self.invoices[code]["payable"]

    def state(self, code):
        return must(self.site.get("/v1/" + self.invoices[code]["name"]))["state"]

    def test_a_file_pays_what_it_names_and_twice_is_once(self):
        file = csv_export([
            ("2013-05-20", self.payable("101"), "Faktura " + self.number("101")),
            ("2013-05-21", "100.00", self.number("147").replace("-", " ")),
            ("2013-05-21", self.payable("151"), "Andel, Ballerup"),
            ("2013-05-22", "17.00", "Kaffe på møde"),
        ])
        first = import_payments(self.site, file)
        self.assertEqual((first["matched"], first["ambiguous"], first["unknown"]), (2, 1, 1))
        self.assertEqual([one["finding"] for one in first["payments"]],
                         ["FINDING_MATCHED", "FINDING_PART", "FINDING_AMBIGUOUS",
                          "FINDING_UNKNOWN"])
        self.assertEqual(self.state("101"), "STATE_PAID")
        self.assertEqual(self.state("147"), "STATE_PART_PAID")
        self.assertNotIn(self.state("151"), ("STATE_PAID", "STATE_PART_PAID"))
        again = import_payments(self.site, file)
        self.assertEqual((again["payments"], again["knownBefore"]), ([], 4))
        self.assertEqual([one["payerText"]["text"] for one in listed(self.site, "UNKNOWN")],
                         ["Kaffe på møde"])
        self.assertEqual([one["candidates"] for one in listed(self.site, "AMBIGUOUS")],
                         [[self.invoices["151"]["name"]]])
        balance_is_zero(self, self.site)

    def test_what_was_ambiguous_is_assigned_and_what_is_over_is_sent_back(self):
        file = csv_export([("2013-05-21", self.payable("151"), "Andel, Ballerup"),
                           ("2013-05-22", "1000000.00", self.number("157"))])
        import_payments(self.site, file)
        [unclear] = listed(self.site, "AMBIGUOUS")
        assigned = must(self.site.post(f"/v1/{unclear['name']}:assign", {
            "etag": unclear["etag"], "allocations": [
                {"invoice": self.invoices["151"]["name"], "amount": self.payable("151")}]}))
        self.assertEqual((assigned["state"], assigned["unallocated"]), ("STATE_MATCHED", "0.00"))
        self.assertEqual(self.state("151"), "STATE_PAID")
        [over] = listed(self.site, "PART_MATCHED")
        self.assertEqual(over["finding"], "FINDING_OVER")
        rest = over["unallocated"]
        self.assertEqual(Decimal(rest), Decimal(1000000) - Decimal(self.payable("157")))
        advance(self.site, "2013-06-01")
        returned = must(self.site.post(f"/v1/{over['name']}:return", {"bookedDate": "2013-05-30"}))
        self.assertEqual((returned["state"], returned["confirmed"]), ("STATE_RETURNED", False))
        back = csv_export([("2013-05-30", "-" + rest, "Tilbagebetaling")])
        self.assertEqual(import_payments(self.site, back)["knownBefore"], 1)
        self.assertTrue(must(self.site.get("/v1/" + over["name"]))["confirmed"])
        balance_is_zero(self, self.site)

    def test_money_that_went_out_before_anybody_said_so_settles_an_overpayment(self):
        twice = self.number("159")
        file = camt053([
            ("B1", "2013-05-10", str(2 * Decimal(self.payable("159"))),
             [(self.payable("159"), twice), (self.payable("159"), twice)]),
            ("B2", "2013-05-11", "-" + self.payable("159"),
             [("-" + self.payable("159"), "Retur")])])
        told = import_payments(self.site, file)
        self.assertEqual([one["finding"] for one in told["payments"]],
                         ["FINDING_MATCHED", "FINDING_DOUBLE", "FINDING_WRONG_WAY"])
        _, double, out = told["payments"]
        advance(self.site, "2013-06-01")
        settled = must(self.site.post(f"/v1/{double['name']}:return", {
            "bookedDate": "2013-05-11", "outgoing": out["name"]}))
        self.assertEqual(settled["state"], "STATE_RETURNED")
        self.assertEqual(must(self.site.get("/v1/" + out["name"]))["state"], "STATE_RETURNED")
        self.assertEqual(listed(self.site, "UNKNOWN"), [])
        self.assertEqual(import_payments(self.site, file)["knownBefore"], 3)
        balance_is_zero(self, self.site)

    def test_a_payment_registered_by_hand_is_confirmed_by_the_bank_not_taken_twice(self):
        registered = must(self.site.create(PAYMENTS, {
            "agreement": AGREEMENT.removeprefix("/v1/"), "bookedDate": "2013-05-08",
            "amount": self.payable("161"), "invoice": self.invoices["161"]["name"]},
            paymentId="glostrup"))
        self.assertEqual((registered["state"], registered["confirmed"]), ("STATE_MATCHED", False))
        file = csv_export([("2013-05-08", self.payable("161"), self.number("161"))])
        self.assertEqual(import_payments(self.site, file)["knownBefore"], 1)
        self.assertTrue(must(self.site.get("/v1/" + registered["name"]))["confirmed"])
        balance_is_zero(self, self.site)

    def test_a_file_with_one_fault_is_not_taken_at_all(self):
        good = csv_export([("2013-05-20", self.payable("101"), self.number("101"))])
        refused = import_payments(self.site, good + b"31-02-2013;x;1,0;0,00\r\n", expect=400)
        self.assertEqual(refused.reason, "STATEMENT_INVALID")
        for told in ("Line 3, Bogf\u00f8rt dato: ", "Line 3, Bel\u00f8b: "):
            self.assertIn(told, str(refused.json))
        bomb = b"<!DOCTYPE a [<!ENTITY b 'c'>]><Document/>"
        self.assertEqual(import_payments(self.site, bomb, expect=400).reason, "STATEMENT_INVALID")
        self.assertEqual(must(self.site.get(PAYMENTS)).get("payments", []), [])


if __name__ == "__main__":
    unittest.main()
