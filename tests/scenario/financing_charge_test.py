"""The year 2013 charged through the site's HTTP: whole or not at all, and once for ever."""
import threading
import unittest

from financing import (AGREEMENT, HOST, TERMS, agree, approve_budget, members, name_recipients,
                       patch)
from hearing import must
from site_under_test import Site, new_id, wait_until

CLOCK = "2013-05-08T08:00:00Z"
CHARGE = AGREEMENT + "/charges/2013-annual"


class Charges(unittest.TestCase):
    def setUp(self):
        self.site = Site(demo_clock=CLOCK)
        self.addCleanup(self.site.__exit__)
        self.site.start()

    def stand(self, **terms):
        agree(self.site, **terms)
        name_recipients(self.site)
        approve_budget(self.site)
        must(self.site.post(AGREEMENT + "/budgets/2013/splits", {}))

    def test_issues_29_invoices_numbered_from_1(self):
        self.stand()
        preview = must(self.site.get(CHARGE + ":preview"))
        self.assertTrue(preview["runnable"], preview["faults"])
        self.assertEqual((preview["issueDate"], preview["dueDate"]), ("2013-05-08", "2013-06-07"))
        charge = must(self.site.post(CHARGE + ":run", {}))
        self.assertEqual(charge["invoices"],
                         [f"regions/hovedstaden/invoices/165-2013-{n}" for n in range(1, 30)])
        self.assertEqual((charge["state"], charge["payableTotal"]), ("STATE_RUN", "1500000.00"))
        shown = must(self.site.get(CHARGE + ":preview"))
        self.assertTrue(shown["alreadyRun"])
        amounts = {row["code"]: row["payable"] for row in shown["rows"]}
        self.assertEqual((amounts["101"], amounts["400"]), ("484510.18", "35261.75"))
        self.assertEqual([row["code"] for row in shown["rows"] if row["internal"]], [HOST])

    def test_names_every_municipality_that_lacks_something_and_issues_nothing(self):
        agree(self.site)
        approve_budget(self.site)
        must(self.site.post(AGREEMENT + "/budgets/2013/splits", {}))
        preview = must(self.site.get(CHARGE + ":preview"))
        lacking = [row["code"] for row in preview["rows"] if row["faults"]]
        self.assertFalse(preview["runnable"])
        self.assertEqual(lacking, [code for code in members(self.site) if code != HOST])
        refused = self.site.post(CHARGE + ":run", {})
        self.assertEqual(refused.reason, "RECIPIENT_INCOMPLETE")
        self.assertIn(",".join(lacking), refused.body.decode())
        self.assertEqual(must(self.site.get(CHARGE))["invoices"], [])

    def test_is_run_once_however_often_it_is_asked_for(self):
        self.stand()
        replies = []
        request_id = new_id()

        def run(identity):
            replies.append(must(self.site.post(CHARGE + ":run", {}, request_id=identity)))

        threads = [threading.Thread(target=run, args=(identity,))
                   for identity in (new_id(), new_id(), request_id, request_id)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(replies), 4)
        self.assertEqual({len(reply["invoices"]) for reply in replies}, {29})
        again = must(self.site.post(CHARGE + ":run", {}))
        self.assertEqual(again["invoices"], replies[0]["invoices"])

    def test_refuses_what_is_not_approved_or_not_split_as_it_stands(self):
        self.stand()
        must(patch(self.site, AGREEMENT + "/budgets/2013", {"lines": [
            {"title": "Løn", "costKind": "COST_KIND_SALARY", "amount": "1000000.00"}]}))
        self.assertEqual(self.site.post(CHARGE + ":run", {}).reason, "BUDGET_NOT_APPROVED")
        must(self.site.post(AGREEMENT + "/budgets/2013:approve", {
            "approvedBy": "regions/hovedstaden/bodies/kkr", "approvedDate": "2013-05-08"}))
        self.assertEqual(self.site.post(CHARGE + ":run", {}).reason, "SPLIT_STALE")
        must(self.site.post(AGREEMENT + "/budgets/2013/splits", {}))
        must(self.site.post(CHARGE + ":run", {}))
        changed = patch(self.site, AGREEMENT + "/budgets/2013", {"lines": [
            {"title": "Løn", "costKind": "COST_KIND_SALARY", "amount": "1.00"}]})
        self.assertEqual(changed.reason, "YEAR_CHARGED")
        amended = self.site.post(AGREEMENT + ":amend",
                                 {"terms": dict(TERMS, fromDate="2013-05-08")})
        self.assertEqual(amended.reason, "YEAR_CHARGED")

    def test_adds_value_added_tax_where_the_agreement_says_so(self):
        self.stand(vat={"category": "VAT_CATEGORY_STANDARD"})
        preview = must(self.site.get(CHARGE + ":preview"))
        self.assertTrue(preview["runnable"], preview)
        row = next(row for row in preview["rows"] if row["code"] == "101")
        self.assertEqual((row["vat"], row["payable"]), ("121127.55", "605637.73"))

    def test_survives_a_kill(self):
        self.stand()
        charge = must(self.site.post(CHARGE + ":run", {}))
        self.site.kill()
        self.site.start()
        self.assertEqual(must(self.site.get(CHARGE)), charge)
        must(self.site.post(CHARGE + ":run", {}))
        self.assertEqual(must(self.site.get(CHARGE)), charge)


class January(unittest.TestCase):
    def setUp(self):
        self.site = Site(demo_clock="2013-05-08T08:00:00Z")
        self.addCleanup(self.site.__exit__)
        self.site.start()

    def stand(self, **terms):
        agree(self.site, **terms)
        name_recipients(self.site)
        for year in (2013, 2014):
            approve_budget(self.site, year)
            must(self.site.post(f"{AGREEMENT}/budgets/{year}/splits", {}))

    def state(self, year):
        reply = self.site.get(f"{AGREEMENT}/charges/{year}-annual")
        return reply.json["state"] if reply.status == 200 else reply.reason

    def advance(self, instant):
        must(self.site.post("/v1/clock:advance", {"to": instant}))

    def test_prepares_the_first_year_at_once_and_the_next_in_january(self):
        self.stand()
        wait_until(lambda: self.state(2013) == "STATE_PREPARED", "2013 is prepared")
        self.advance("2013-12-31T22:59:00Z")
        self.assertEqual(self.state(2014), "CHARGE_UNKNOWN")
        self.advance("2013-12-31T23:00:00Z")
        self.assertEqual(self.state(2014), "STATE_PREPARED")
        self.assertEqual(self.state(2013), "STATE_PREPARED")

    def test_runs_by_itself_where_the_agreement_says_so(self):
        self.stand(automaticRun=True)
        wait_until(lambda: self.state(2013) == "STATE_RUN", "2013 is run")
        self.advance("2014-02-10T08:00:00Z")
        self.assertEqual(self.state(2014), "STATE_RUN")
        charge = must(self.site.get(AGREEMENT + "/charges/2014-annual"))
        self.assertEqual(charge["invoices"][0], "regions/hovedstaden/invoices/165-2014-1")

    def test_waits_for_what_is_missing_and_then_runs_by_itself(self):
        agree(self.site, automaticRun=True)
        approve_budget(self.site)
        must(self.site.post(AGREEMENT + "/budgets/2013/splits", {}))
        wait_until(lambda: self.state(2013) == "STATE_PREPARED", "2013 is prepared")
        name_recipients(self.site)
        wait_until(lambda: self.state(2013) == "STATE_RUN", "2013 is run")

    def test_is_prepared_once_also_after_a_restart(self):
        self.stand()
        self.advance("2014-02-10T08:00:00Z")
        before = must(self.site.get(AGREEMENT + "/charges/2014-annual"))
        self.site.kill()
        self.site.start()
        self.assertEqual(must(self.site.get(AGREEMENT + "/charges/2014-annual")), before)


if __name__ == "__main__":
    unittest.main()
