"""Agreements, recipients and budgets through the site's HTTP."""
import unittest

from financing import AGREEMENT, REGION, SALARY, TERMS, agree, approve_budget, patch
from hearing import must
from site_under_test import Site, new_id

CLOCK = "2013-05-08T08:00:00Z"


class Agreements(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = Site(demo_clock=CLOCK)
        cls.addClassCleanup(cls.site.__exit__)
        cls.site.start()
        agree(cls.site)

    def test_shows_its_terms_with_the_contact(self):
        shown = must(self.site.get(AGREEMENT))
        self.assertEqual(shown["versions"][0]["contact"], dict(TERMS["contact"], telephone=""))
        self.assertEqual(shown["versions"][0]["fromDate"], "2013-05-08")

    def test_is_made_once(self):
        again = self.site.create(REGION + "/agreements", {
            "title": "Igen", "fromDate": "2013-05-08", "versions": [TERMS]},
            agreementId="sekretariat")
        self.assertEqual(again.reason, "AGREEMENT_EXISTS")

    def test_names_the_field_that_may_not_be_so(self):
        wrong = self.site.create(REGION + "/agreements", {
            "title": "Uden grund", "fromDate": "2013-05-08",
            "versions": [dict(TERMS, vat={"category": "VAT_CATEGORY_EXEMPT"})]})
        self.assertEqual(wrong.reason, "ARGUMENT_INVALID")
        self.assertIn("agreement.versions.vat.reason", wrong.body.decode())

    def test_takes_new_terms_from_a_later_day(self):
        terms = dict(TERMS, fromDate="2015-01-01", host="municipalities/147")
        amended = must(self.site.post(AGREEMENT + ":amend", {"terms": terms}))
        self.assertEqual([one["host"] for one in amended["versions"]],
                         ["municipalities/165", "municipalities/147"])
        early = self.site.post(AGREEMENT + ":amend", {"terms": dict(TERMS, fromDate="2012-01-01")})
        self.assertEqual(early.reason, "OUTSIDE_AGREEMENT")

    def test_keeps_how_a_municipality_wants_its_invoices(self):
        path = AGREEMENT + "/recipients/101"
        must(patch(self.site, path, {"buyerReference": "Eksempel Orderer", "endpoint": {
            "scheme": "SCHEME_EAN", "id": "5798000000001"}}))
        shown = must(self.site.get(path))
        self.assertEqual(shown["buyerReferenceText"]["text"], "Eksempel Orderer")
        self.assertEqual(shown["buyerReference"], "")
        wrong = patch(self.site, path, {"endpoint": {"scheme": "SCHEME_EAN",
                                                     "id": "5798000000002"}})
        self.assertEqual(wrong.reason, "ENDPOINT_INVALID")
        must(self.site.post(path + ":eraseBuyerReference", {}))
        self.assertTrue(must(self.site.get(path))["buyerReferenceText"]["erased"])

    def test_adds_the_overhead_to_a_budget_and_lets_a_body_approve_it(self):
        approved = approve_budget(self.site)
        self.assertEqual(approved["total"], "1500000.00")
        self.assertEqual(approved["lines"][-1],
                         {"title": "Overhead", "costKind": "COST_KIND_OVERHEAD",
                          "amount": "75000.00"})
        self.assertEqual(approved["state"], "STATE_APPROVED")
        again = self.site.post(AGREEMENT + "/budgets/2013:approve", {
            "approvedBy": "regions/hovedstaden/bodies/kkr", "approvedDate": "2013-05-08"})
        self.assertEqual(again.reason, "BUDGET_NOT_DRAFT")
        changed = must(patch(self.site, AGREEMENT + "/budgets/2013",
                             {"lines": [dict(SALARY, amount="1500000.00")]}))
        self.assertEqual((changed["total"], changed["state"]), ("1575000.00", "STATE_DRAFT"))

    def test_is_the_same_agreement_after_a_retry(self):
        request_id = new_id()
        body = {"title": "Andet", "fromDate": "2013-05-08", "versions": [TERMS]}
        first = must(self.site.create(REGION + "/agreements", body, request_id=request_id))
        again = must(self.site.create(REGION + "/agreements", body, request_id=request_id))
        self.assertEqual(first["name"], again["name"])


if __name__ == "__main__":
    unittest.main()
