"""The budget of 2013 shared out by population, through the site's HTTP."""
import unittest

from financing import AGREEMENT, SALARY, TERMS, agree, approve_budget, patch
from hearing import must
from site_under_test import Site, new_id

CLOCK = "2013-05-08T08:00:00Z"
BUDGET = AGREEMENT + "/budgets/2013"
SHARES_2013 = {"101": "484510.18", "147": "88363.52", "165": "24097.33", "400": "35261.75"}


def oere(amount):
    """Kroner and øre as whole øre."""
    return int(amount.replace(".", ""))


class Splits(unittest.TestCase):
    def setUp(self):
        self.site = Site(demo_clock=CLOCK)
        self.addCleanup(self.site.__exit__)
        self.site.start()
        agree(self.site)

    def split(self, year=2013, request_id=None):
        return self.site.post(f"{AGREEMENT}/budgets/{year}/splits", {}, request_id=request_id)

    def test_gives_each_municipality_of_2013_its_share_to_the_oere(self):
        approve_budget(self.site)
        split = must(self.split())
        shares = {row["code"]: row["share"] for row in split["rows"]}
        self.assertEqual(len(shares), 29)
        self.assertEqual({code: shares[code] for code in SHARES_2013}, SHARES_2013)
        self.assertEqual(int(split["populationTotal"]), 1731976)
        self.assertEqual(int(split["remainderOere"]), 13)
        self.assertEqual(sum(map(oere, shares.values())), 150000000)
        self.assertEqual((split["total"], split["referenceDate"]), ("1500000.00", "2013-01-01"))

    def test_keeps_a_proof_that_can_be_recomputed(self):
        approve_budget(self.site)
        rows = must(self.split())["rows"]
        total = sum(int(row["population"]) for row in rows)
        left = 150000000 - sum(150000000 * int(row["population"]) // total for row in rows)
        for row in rows:
            quota = 150000000 * int(row["population"])
            self.assertEqual(int(row["quotaNumerator"]), quota)
            self.assertEqual(int(row["quotaDenominator"]), total)
            self.assertEqual(oere(row["floor"]), quota // total)
            self.assertEqual(int(row["remainder"]), quota % total)
            self.assertEqual(row["roundedUp"], row["rank"] <= left)
            self.assertEqual(oere(row["share"]), quota // total + (row["rank"] <= left))
            self.assertEqual(row["populationSource"], "Danmarks Statistik")

    def test_counts_the_year_before_from_the_second_year_on(self):
        must(patch(self.site, AGREEMENT + "/budgets/2014", {"lines": [SALARY]}))
        must(patch(self.site, BUDGET, {"lines": [SALARY]}))
        must(self.split())
        split = must(self.split(2014))
        self.assertEqual((split["referenceDate"], split["membersAsOfDate"]),
                         ("2013-01-01", "2014-01-01"))
        self.assertEqual({row["changeFromYearBefore"] for row in split["rows"]}, {"0.00"})

    def test_is_made_anew_only_when_something_changed(self):
        approve_budget(self.site)
        request_id = new_id()
        first = must(self.split(request_id=request_id))
        self.assertEqual(must(self.split())["name"], first["name"])
        must(patch(self.site, BUDGET, {"lines": [dict(SALARY, amount="1000000.00")]}))
        second = must(self.split())
        self.assertEqual(second["name"], first["name"][:-1] + "2")
        self.assertEqual(must(self.split(request_id=request_id)), first)
        listed = must(self.site.get(BUDGET + "/splits"))["splits"]
        self.assertEqual([one["total"] for one in listed], ["1500000.00", "1075000.00"])
        self.assertEqual(must(self.site.get("/v1/" + first["name"])), first)

    def test_names_the_municipalities_whose_population_is_missing(self):
        must(self.site.post(AGREEMENT + ":amend", {"terms": dict(
            TERMS, fromDate="2028-01-01",
            members={"of": "regions/hovedstaden", "asOfDate": "2013-05-08"})}))
        must(patch(self.site, AGREEMENT + "/budgets/2028", {"lines": [SALARY]}))
        refused = self.split(2028)
        self.assertEqual(refused.reason, "POPULATION_UNKNOWN")
        self.assertIn("101,", refused.body.decode())

    def test_needs_the_host_among_the_members(self):
        must(self.site.post(AGREEMENT + ":amend", {"terms": dict(
            TERMS, fromDate="2013-05-08", host="municipalities/851")}))
        approve_budget(self.site)
        self.assertEqual(self.split().reason, "HOST_NOT_MEMBER")


if __name__ == "__main__":
    unittest.main()
