"""The books of the secretariat through the site's HTTP: trial balance, statements, dunning, the
year's end, and the views of who owes what."""
import unittest
from decimal import Decimal

from bank import csv_export
from charging import advance, balance_is_zero, charge, charged_site, import_payments, invoices_of
from financing import AGREEMENT, HOST, REGION, approve_budget
from hearing import must
from site_under_test import new_id

HOST_SHARE = Decimal("24097.33")
OVERHEAD = Decimal("75000.00")
TOTAL = Decimal("1500000.00")
YEAR_END = AGREEMENT + "/yearEnds/2013"
SPENT = [{"costKind": "COST_KIND_SALARY", "amount": "1400000.00"},
         {"costKind": "COST_KIND_OVERHEAD", "amount": "75000.00"}]


class Books(unittest.TestCase):
    def setUp(self):
        self.site = charged_site(self)
        self.invoices = invoices_of(self.site)

    def deliver(self, *codes):
        for code in codes:
            must(self.site.post(f"/v1/{self.invoices[code]['name']}:markDelivered", {}))

    def pay(self, invoice):
        movement = ("2013-06-07", invoice["payable"], invoice["number"])
        told = import_payments(self.site, csv_export([movement]))
        self.assertEqual(told["matched"], 1)

    def dunnings(self):
        listed = must(self.site.get(REGION + "/invoices/-/dunnings?pageSize=1000"))
        return [one["name"].removeprefix("regions/hovedstaden/invoices/")
                for one in listed.get("dunnings", [])]

    def step_name(self, code, step):
        return f"{self.invoices[code]['name'].rsplit('/', 1)[1]}/dunnings/{step}"

    def test_a_charge_makes_the_municipalities_owe_the_year(self):
        balances = balance_is_zero(self, self.site)
        self.assertEqual(Decimal(balances["ACCOUNT_RECEIVABLE"]), TOTAL - HOST_SHARE)
        self.assertEqual(Decimal(balances["ACCOUNT_INCOME"]), -TOTAL)
        self.assertEqual(Decimal(balances["ACCOUNT_OVERHEAD"]), OVERHEAD)
        self.assertEqual(Decimal(balances["ACCOUNT_HOST"]), HOST_SHARE - OVERHEAD)

    def test_every_posting_is_balanced(self):
        first = must(self.site.get(AGREEMENT + "/postings?pageSize=20"))
        rest = must(self.site.get(
            f"{AGREEMENT}/postings?pageSize=20&pageToken={first['nextPageToken']}"))
        postings = first["postings"] + rest["postings"]
        self.assertEqual(len(postings), 30)  # 29 shares, and the host's overhead.
        for posting in postings:
            debit = sum(Decimal(line.get("debit") or 0) for line in posting["lines"])
            credit = sum(Decimal(line.get("credit") or 0) for line in posting["lines"])
            self.assertEqual(debit, credit, posting)

    def test_the_host_settles_its_voucher_at_once(self):
        statement = must(self.site.get(f"{AGREEMENT}/statements/2013-{HOST}"))
        self.assertEqual([line["amount"] for line in statement["lines"]],
                         ["24097.33", "-24097.33"])
        self.assertEqual(statement["closing"], "0.00")

    def test_a_statement_of_a_stranger_is_unknown(self):
        reply = self.site.get(AGREEMENT + "/statements/2013-999")
        self.assertEqual((reply.status, reply.reason), (404, "STATEMENT_UNKNOWN"))

    def test_the_unpaid_are_dunned_step_by_step_and_nobody_else(self):
        self.deliver("101", "147", "400")
        paid = self.invoices["147"]
        advance(self.site, "2013-06-10")
        self.pay(paid)
        must(self.site.post(f"/v1/{self.invoices['400']['name']}:dispute", {"reason": "Forkert"}))
        # Due on Friday 7 June; ten days later is a Monday.
        advance(self.site, "2013-06-16")
        self.assertEqual(self.dunnings(), [])
        advance(self.site, "2013-06-17")
        self.assertEqual(self.dunnings(), [self.step_name("101", 1)])
        dunning = must(self.site.get(
            f"/v1/regions/hovedstaden/invoices/{self.step_name('101', 1)}"))
        self.assertEqual((dunning["outstanding"], dunning["passedDate"], dunning["dueDate"]),
                         ("484510.18", "2013-06-07", "2013-06-27"))
        # Ten days after the new date is a Sunday: the step goes out on Friday 5 July.
        advance(self.site, "2013-07-05")
        steps = [self.step_name("101", 1), self.step_name("101", 2)]
        self.assertEqual(self.dunnings(), steps)
        advance(self.site, "2014-01-01")
        self.assertEqual(self.dunnings(), steps)

    def close(self, request_id=None, treatment="RESULT_TREATMENT_CARRY"):
        return self.site.post(YEAR_END + ":close", {"spent": SPENT, "treatment": treatment},
                              request_id=request_id)

    def test_a_surplus_is_carried_to_the_invoices_of_the_next_year(self):
        reply = self.close()
        self.assertEqual((reply.status, reply.reason), (400, "YEAR_NOT_OVER"))
        approve_budget(self.site, 2014)
        advance(self.site, "2014-01-06")
        request_id = new_id()
        closed = must(self.close(request_id))
        self.assertEqual((closed["charged"], closed["result"]), ("1500000.00", "25000.00"))
        self.assertEqual(len(closed["rows"]), 29)
        self.assertEqual(sum(Decimal(row["amount"]) for row in closed["rows"]), Decimal(25000))
        self.assertEqual(must(self.close(request_id)), closed)
        self.assertEqual(self.close().reason, "YEAR_CLOSED")
        balance_is_zero(self, self.site)
        in_2013 = must(self.site.get(AGREEMENT + ":trialBalance?year=2013"))
        balances = {row["account"]: row["balance"] for row in in_2013["rows"]}
        for account in ("INCOME", "COST", "OVERHEAD"):
            self.assertEqual(balances["ACCOUNT_" + account], "0.00")
        self.assertEqual(balances["ACCOUNT_RESULT"], "-25000.00")

        charge(self.site, 2014)
        invoices = invoices_of(self.site, 2014)
        self.assertEqual(sum(Decimal(one["payable"]) for one in invoices.values()),
                         TOTAL - Decimal(25000))
        self.assertEqual(Decimal(balance_is_zero(self, self.site)["ACCOUNT_RESULT"]), 0)

    def test_a_surplus_may_be_returned(self):
        advance(self.site, "2014-01-06")
        closed = must(self.close(treatment="RESULT_TREATMENT_RETURN"))
        row = next(row for row in closed["rows"] if row["code"] == "101")
        statement = must(self.site.get(AGREEMENT + "/statements/2014-101"))
        self.assertEqual(statement["opening"], "484510.18")
        self.assertEqual(Decimal(statement["closing"]),
                         Decimal("484510.18") - Decimal(row["amount"]))
        balance_is_zero(self, self.site)

    def test_the_view_of_a_year_has_a_row_for_each_municipality(self):
        self.deliver("101")
        paid = self.invoices["147"]
        advance(self.site, "2013-06-10")
        self.pay(paid)
        view = must(self.site.get(AGREEMENT + "/years/2013:status"))
        rows = {row["code"]: row for row in view["rows"]}
        self.assertEqual(len(rows), 29)
        self.assertEqual(rows["147"]["paid"], "88363.52")
        self.assertEqual(rows["147"]["outstanding"], "0.00")
        self.assertEqual(rows["101"]["dueDate"], "2013-06-07")
        self.assertEqual(rows["101"]["overdue"], "484510.18")
        self.assertEqual(rows["400"]["share"], rows["400"]["invoiced"])
        total = view["total"]
        self.assertEqual((total["share"], total["invoiced"]), ("1500000.00", "1500000.00"))
        for field in ("share", "invoiced", "paid", "outstanding", "overdue"):
            self.assertEqual(Decimal(total[field]),
                             sum(Decimal(row[field]) for row in rows.values()), field)
        self.assertEqual(view["charge"]["state"], "STATE_RUN")
        self.assertTrue(all(part["available"] for part in view["parts"]))

    def test_the_view_of_a_municipality_has_a_row_for_each_year(self):
        approve_budget(self.site, 2014)
        advance(self.site, "2014-01-06")
        charge(self.site, 2014)
        view = must(self.site.get("/v1/municipalities/101:financing"))
        self.assertEqual(view["municipality"]["displayName"], "København")
        self.assertEqual([(year["agreement"], year["year"]) for year in view["years"]],
                         [("regions/hovedstaden/agreements/sekretariat", 2013),
                          ("regions/hovedstaden/agreements/sekretariat", 2014)])
        self.assertEqual(view["years"][0]["figures"]["invoiced"], "484510.18")
        self.assertEqual(self.site.get("/v1/municipalities/999:financing").status, 404)


if __name__ == "__main__":
    unittest.main()
