"""A population that the registry corrects, before the charge and after it, through HTTP."""
import unittest

from financing import AGREEMENT, agree, approve_budget, name_recipients
from hearing import must
from site_under_test import Site, new_id, wait_until

CLOCK = "2013-05-08T08:00:00Z"
BUDGET = AGREEMENT + "/budgets/2013"


def oere(amount):
    """Kroner and øre as whole øre."""
    return int(amount.replace(".", ""))


class Corrections(unittest.TestCase):
    def setUp(self):
        self.site = Site(demo_clock=CLOCK)
        self.addCleanup(self.site.__exit__)
        self.site.start()
        agree(self.site)
        name_recipients(self.site)
        approve_budget(self.site)
        self.first = must(self.site.post(BUDGET + "/splits", {}))

    def correct(self, code, count, reference_date="2013-01-01"):
        must(self.site.request(
            "POST", f"/v1/municipalities/{code}/populations?requestId={new_id()}",
            body=('{"count": "%d", "referenceDate": "%s", "source": "Danmarks Statistik"}'
                  % (count, reference_date)).encode(),
            headers={"Content-Type": "application/json", "KKR-Actor": "secretariat"}))

    def run_charge(self):
        return must(self.site.post(AGREEMENT + "/charges/2013-annual:run", {}))

    def splits(self):
        return must(self.site.get(BUDGET + "/splits"))["splits"]

    def true_ups(self):
        return must(self.site.get(BUDGET + "/trueUps"))["trueUps"]

    def test_splits_again_before_the_charge_and_keeps_both(self):
        self.correct("101", 560000)
        wait_until(lambda: len(self.splits()) == 2, "the budget is split again")
        second = must(self.site.get(BUDGET + "/splits/2"))
        self.assertEqual(second["cause"], "CAUSE_POPULATION_CORRECTED")
        self.assertEqual(int(second["populationTotal"]), 1731976 + 560000 - 559440)
        self.assertEqual(sum(oere(row["share"]) for row in second["rows"]), 150000000)
        self.assertEqual(must(self.site.get(BUDGET + "/splits/1")), self.first)
        self.assertEqual(self.run_charge()["split"], second["name"])
        self.assertEqual(self.true_ups(), [])

    def test_offers_a_true_up_after_the_charge(self):
        self.run_charge()
        self.correct("101", 560000)
        offered = wait_until(self.true_ups, "a true-up is offered")
        self.assertEqual([one["state"] for one in offered], ["STATE_OFFERED"])
        self.assertEqual(sum(oere(row["difference"]) for row in offered[0]["rows"]), 0)
        row = offered[0]["rows"][0]
        self.assertEqual((row["code"], row["charged"]), ("101", "484510.18"))
        self.assertGreater(oere(row["difference"]), 0)

    def test_a_later_correction_replaces_the_offer_and_its_undoing_ends_it(self):
        self.run_charge()
        self.correct("101", 560000)
        self.correct("147", 102030)
        wait_until(lambda: len(self.true_ups()) == 2, "two true-ups")
        self.assertEqual([one["state"] for one in self.true_ups()],
                         ["STATE_REPLACED", "STATE_OFFERED"])
        self.correct("147", 102029)
        self.correct("101", 559440)
        wait_until(lambda: len(self.true_ups()) == 4, "what was undone is noticed")
        self.assertEqual(self.true_ups()[-1]["rows"], [])
        self.assertNotIn("STATE_OFFERED", [one["state"] for one in self.true_ups()])

    def test_credits_and_issues_anew_whoever_pays_another_share(self):
        self.run_charge()
        self.correct("101", 560000)
        offered = wait_until(self.true_ups, "a true-up is offered")[0]
        settled = must(self.site.post("/v1/" + offered["name"] + ":settle",
                                      {"settlement": "SETTLEMENT_REISSUE"}))
        self.assertEqual(settled["state"], "STATE_SETTLED")
        again = self.site.post("/v1/" + offered["name"] + ":settle",
                               {"settlement": "SETTLEMENT_REISSUE"})
        self.assertEqual(again.reason, "TRUE_UP_NOT_OFFERED")
        invoices = must(self.site.get(
            "/v1/regions/hovedstaden/invoices?pageSize=1000"))["invoices"]
        rows = len(offered["rows"])
        self.assertEqual(len(invoices), 29 + 2 * rows)
        standing = {one["buyer"]["code"]: one["payable"] for one in invoices
                    if one["kind"] == "KIND_INVOICE" and one["state"] != "STATE_CREDITED"}
        shares = {row["code"]: row["share"]
                  for row in must(self.site.get("/v1/" + offered["split"]))["rows"]}
        self.assertEqual(standing, shares)

    def test_puts_the_difference_on_the_next_charge(self):
        self.run_charge()
        self.correct("101", 560000)
        offered = wait_until(self.true_ups, "a true-up is offered")[0]
        must(self.site.post("/v1/" + offered["name"] + ":settle",
                            {"settlement": "SETTLEMENT_NEXT_YEAR"}))
        approve_budget(self.site, 2014)
        must(self.site.post(AGREEMENT + "/budgets/2014/splits", {}))
        preview = must(self.site.get(AGREEMENT + "/charges/2014-annual:preview"))
        carried = {row["code"]: row["carried"] for row in preview["rows"]
                   if row["carried"] != "0.00"}
        self.assertEqual(carried, {row["code"]: row["difference"] for row in offered["rows"]})
        self.assertEqual(preview["payableTotal"], "1500000.00")

    def test_charges_no_difference_twice_when_one_was_left_to_the_next_charge(self):
        self.run_charge()
        self.correct("101", 560000)
        first = wait_until(self.true_ups, "a true-up is offered")[0]
        must(self.site.post("/v1/" + first["name"] + ":settle",
                            {"settlement": "SETTLEMENT_NEXT_YEAR"}))
        self.correct("101", 561000)
        wait_until(lambda: len(self.true_ups()) == 2, "another true-up is offered")
        second = self.true_ups()[1]
        must(self.site.post("/v1/" + second["name"] + ":settle",
                            {"settlement": "SETTLEMENT_REISSUE"}))
        invoices = must(self.site.get(
            "/v1/regions/hovedstaden/invoices?municipality=101"))["invoices"]
        standing = [one for one in invoices
                    if one["kind"] == "KIND_INVOICE" and one["state"] != "STATE_CREDITED"]
        self.assertEqual([oere(one["payable"]) for one in standing],
                         [48451018 + oere(second["rows"][0]["difference"])])

    def test_catches_up_with_what_happened_while_the_site_was_down(self):
        self.run_charge()
        self.correct("101", 560000)
        self.site.kill()
        self.site.start()
        offered = wait_until(self.true_ups, "a true-up is offered")
        self.assertEqual(len(offered), 1)


if __name__ == "__main__":
    unittest.main()
