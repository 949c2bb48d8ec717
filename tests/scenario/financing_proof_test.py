"""The proof of 2013 as an auditor gets it: a file, and the view of the year."""
import csv
import io
import unittest
from fractions import Fraction

from financing import AGREEMENT, agree, approve_budget
from hearing import must
from site_under_test import Site

CLOCK = "2013-05-08T08:00:00Z"
SHARES_2013 = {"101": "484510.18", "147": "88363.52", "165": "24097.33", "400": "35261.75"}


def oere(amount):
    """Kroner and øre as whole øre; the file holds no other amounts."""
    kroner, _, decimals = amount.partition(".")
    assert len(decimals) == 2, amount
    return int(kroner + decimals)


def recomputed(rows):
    """The shares by municipality code, from the populations and the total of the file alone:
    largest remainder, ties by code."""
    (total,) = {oere(row["beløb i alt"]) for row in rows}
    everybody = sum(int(row["folketal"]) for row in rows)
    quotas = {row["kommunekode"]: Fraction(total * int(row["folketal"]), everybody)
              for row in rows}
    shares = {code: quota.numerator // quota.denominator for code, quota in quotas.items()}
    ranked = sorted(quotas, key=lambda code: (shares[code] - quotas[code], code))
    for code in ranked[:total - sum(shares.values())]:
        shares[code] += 1
    return shares, quotas, ranked


class Proof(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(demo_clock=CLOCK)
        cls.addClassCleanup(cls.site.__exit__)
        cls.site.start()
        agree(cls.site)
        approve_budget(cls.site)
        cls.split = must(cls.site.post(AGREEMENT + "/budgets/2013/splits", {}))

    def file(self, kind):
        reply = self.site.get(f"/v1/{self.split['name']}:export?format=FORMAT_{kind}")
        self.assertEqual(reply.status, 200)
        return reply

    def rows(self):
        text = self.file("CSV").body.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    def test_can_be_recomputed_from_the_file_alone(self):
        rows = self.rows()
        self.assertEqual(len(rows), 29)
        shares, quotas, ranked = recomputed(rows)
        self.assertEqual(sum(shares.values()), 150000000)
        for row in rows:
            code = row["kommunekode"]
            quota = quotas[code]
            numerator, denominator = (int(row["kvote i øre, tæller"]),
                                      int(row["kvote i øre, nævner"]))
            self.assertEqual(Fraction(numerator, denominator), quota)
            self.assertEqual(oere(row["nedrundet"]), numerator // denominator)
            self.assertEqual(int(row["rest"]), numerator % denominator)
            self.assertEqual(int(row["rang"]), ranked.index(code) + 1)
            self.assertEqual(oere(row["andel"]), shares[code])
            self.assertEqual(oere(row["nedrundet"]) + int(row["øre efter rest"]), shares[code])
            # Kroner with four decimals, rounded half up.
            per_inhabitant = Fraction(shares[code] * 100, int(row["folketal"]))
            self.assertEqual(int(row["andel pr. indbygger"].replace(".", "")),
                             (per_inhabitant + Fraction(1, 2)).__floor__())
            self.assertEqual(row["folketal pr."], "2013-01-01")
        self.assertEqual(sum(int(row["øre efter rest"]) for row in rows), 13)
        self.assertEqual({row["kommunekode"]: row["andel"] for row in rows
                          if row["kommunekode"] in SHARES_2013}, SHARES_2013)

    def test_is_offered_as_a_workbook_too(self):
        reply = self.file("XLSX")
        self.assertTrue(reply.body.startswith(b"PK"))
        self.assertIn("fordeling-2013-1.xlsx", reply.headers["content-disposition"])

    def test_is_refused_as_any_other_file(self):
        reply = self.site.get(f"/v1/{self.split['name']}:export?format=99")
        self.assertEqual(reply.status, 400)

    def test_is_shown_with_the_agreement_and_the_budget(self):
        view = must(self.site.get(AGREEMENT + "/years/2013:proof"))
        self.assertEqual(view["split"]["name"], self.split["name"])
        self.assertEqual(view["split"]["rows"], self.split["rows"])
        self.assertEqual(view["budget"]["total"], "1500000.00")
        self.assertEqual(view["region"]["name"], "regions/hovedstaden")
        self.assertNotIn("contact", view["agreement"]["versions"][0])
        self.assertTrue(all(part["available"] for part in view["parts"]))

    def test_has_no_view_without_a_budget(self):
        reply = self.site.get(AGREEMENT + "/years/2031:proof")
        self.assertEqual(reply.status, 404)


if __name__ == "__main__":
    unittest.main()
