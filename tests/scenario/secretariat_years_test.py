"""The secretariat from 2013 to 2017, and the new region of January 2027, on the demo clock."""
import unittest
from decimal import Decimal

from bank import csv_export
from charging import advance, balance_is_zero, charge, import_payments, invoices_of
from financing import AGREEMENT, HOST, SALARY, TERMS, agree, approve_budget, name_recipients, patch
from hearing import must
from site_under_test import Site

EAST = "/v1/regions/oestdanmark"
EAST_AGREEMENT = EAST + "/agreements/sekretariat"
# Who leaves the invoice of which year open; in 2017 two pay a part only.
OPEN = {2013: {"400"}, 2014: set(), 2015: {"147", "101"}, 2016: {"400"}, 2017: {"159"}}
PART = {2017: {"161": "100.00"}}


class SecretariatYears(unittest.TestCase):
    def setUp(self):
        self.site = Site(demo_clock="2013-05-08T08:00:00Z")
        self.addCleanup(self.site.__exit__)
        self.site.start()
        self.paid = {}  # By (year, municipality code), kroner.

    def charge_year(self, year, agreement=AGREEMENT, members=29):
        charge(self.site, year, agreement)
        balance_is_zero(self, self.site, agreement)
        invoices = invoices_of(self.site, year, agreement)
        self.assertEqual(len(invoices), members)
        numbers = sorted(one["number"] for one in invoices.values())
        host = numbers[0][:3]
        self.assertEqual(numbers, [f"{host}-{year}-{n:04}" for n in range(1, members + 1)])
        self.assertEqual(sum(Decimal(one["payable"]) for one in invoices.values()), 1500000)
        return invoices

    def pay_year(self, year, invoices):
        movements = []
        for code, invoice in invoices.items():
            if code == HOST or code in OPEN[year]:
                continue
            kroner = PART.get(year, {}).get(code, invoice["payable"])
            movements.append((f"{year}-06-15", kroner, "Faktura " + invoice["number"]))
            self.paid[(year, code)] = Decimal(kroner)
        advance(self.site, f"{year}-06-20")
        told = import_payments(self.site, csv_export(movements))
        self.assertEqual(told["matched"], len(movements))
        balance_is_zero(self, self.site)
        again = import_payments(self.site, csv_export(movements))
        self.assertEqual(again["knownBefore"], len(movements))
        balance_is_zero(self, self.site)

    def owed(self, year, code, invoice):
        return Decimal(invoice["payable"]) - self.paid.get((year, code), Decimal(0))

    def check_statements(self, years):
        """Each municipality's statement of each year agrees with its invoices and payments."""
        for code in years[2013]:
            balance = Decimal(0)
            for year, invoices in years.items():
                statement = must(self.site.get(f"{AGREEMENT}/statements/{year}-{code}"))
                self.assertEqual(Decimal(statement["opening"]), balance, (year, code))
                if code != HOST:
                    balance += self.owed(year, code, invoices[code])
                moved = sum(Decimal(line["amount"]) for line in statement.get("lines", []))
                self.assertEqual(Decimal(statement["opening"]) + moved,
                                 Decimal(statement["closing"]), (year, code))
                self.assertEqual(Decimal(statement["closing"]), balance, (year, code))

    def outstanding(self, year):
        return {code: Decimal(one["outstanding"])
                for code, one in invoices_of(self.site, year).items()
                if Decimal(one["outstanding"]) > 0}

    def play_2013_to_2017(self):
        agree(self.site)
        name_recipients(self.site)
        approve_budget(self.site, 2013)
        years = {2013: self.charge_year(2013)}
        self.pay_year(2013, years[2013])
        for year in range(2014, 2018):
            approve_budget(self.site, year, date=f"{year - 1}-06-19")
            advance(self.site, f"{year}-01-06")
            prepared = must(self.site.get(f"{AGREEMENT}/charges/{year}-annual"))
            self.assertEqual(prepared["state"], "STATE_PREPARED", "January prepares it by itself")
            years[year] = self.charge_year(year)
            self.pay_year(year, years[year])
        return years

    def begin_oestdanmark(self):
        members = [one["code"] for one in must(self.site.get(
            EAST + "/municipalities?asOf=2027-01-01&pageSize=1000"))["municipalities"]]
        terms = dict(TERMS, members={"of": "regions/oestdanmark"},
                     key={"regular": "REFERENCE_YEAR_BEFORE", "firstYear": "REFERENCE_YEAR_BEFORE"})
        must(self.site.create(EAST + "/agreements", {
            "title": "Fælles sekretariat i Østdanmark", "fromDate": "2027-01-01",
            "versions": [terms]}, agreementId="sekretariat"))
        for code in members:
            if code != HOST:
                must(patch(self.site, f"{EAST_AGREEMENT}/recipients/{code}",
                           {"buyerReference": f"Økonomi {code}"}))
        must(patch(self.site, f"{EAST_AGREEMENT}/budgets/2027", {"lines": [SALARY]}))
        must(self.site.post(f"{EAST_AGREEMENT}/budgets/2027:approve", {
            "approvedBy": "regions/oestdanmark/bodies/kkr", "approvedDate": "2027-01-04"}))

    def test_2013_to_2017_and_the_new_region_of_2027(self):
        years = self.play_2013_to_2017()
        self.check_statements(years)
        for year in years:
            codes = OPEN[year] | set(PART.get(year, {}))
            self.assertEqual(set(self.outstanding(year)), codes, year)
        splits = {year: must(self.site.get(f"{AGREEMENT}/budgets/{year}/splits/1"))
                  for year in years}
        self.assertEqual([split["referenceDate"] for split in splits.values()],
                         ["2013-01-01", "2013-01-01", "2014-01-01", "2015-01-01", "2016-01-01"])

        must(self.site.post(AGREEMENT + ":end", {"toDate": "2026-12-31"}))
        advance(self.site, "2027-01-05")
        before = balance_is_zero(self, self.site)
        self.begin_oestdanmark()
        self.charge_year(2027, EAST_AGREEMENT, members=46)
        self.assertEqual(balance_is_zero(self, self.site), before, "the old books stand still")
        self.assertEqual(set(self.outstanding(2015)), OPEN[2015])
        late = years[2015]["147"]
        told = import_payments(self.site, csv_export(
            [("2027-01-04", late["payable"], late["number"])]))
        self.assertEqual(told["matched"], 1)
        self.assertEqual(set(self.outstanding(2015)), OPEN[2015] - {"147"})
        balance_is_zero(self, self.site)
        refused = self.site.post(f"{AGREEMENT}/charges/2027-annual:run", {})
        self.assertGreaterEqual(refused.status, 400)


if __name__ == "__main__":
    unittest.main()
