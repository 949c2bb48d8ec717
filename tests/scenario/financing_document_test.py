"""Invoices as the files that are sent and printed, through the site's HTTP."""
import unittest
import xml.etree.ElementTree as ElementTree
from decimal import ROUND_HALF_UP, Decimal

from financing import AGREEMENT, HOST, REGION, agree, approve_budget, name_recipients, patch
from hearing import must
from site_under_test import Site

CLOCK = "2013-05-08T08:00:00Z"
CHARGE = AGREEMENT + "/charges/2013-annual"
PREFIXES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
CATEGORIES = {
    "O": {"category": "VAT_CATEGORY_OUT_OF_SCOPE", "reason": "Uden for momsloven"},
    "E": {"category": "VAT_CATEGORY_EXEMPT", "reason": "Momslovens § 13, stk. 1, nr. 2"},
    "S": {"category": "VAT_CATEGORY_STANDARD"},
}
EAN = {"147": "5798000000001"}


class Ubl:
    """A file, asked by paths such as `cac:TaxTotal/cbc:TaxAmount`."""

    def __init__(self, content):
        self.root = ElementTree.fromstring(content)

    def all(self, path):
        return [element.text for element in self.root.findall(path, PREFIXES)]

    def one(self, path):
        (text,) = self.all(path)
        return text

    def scheme(self, path):
        return self.root.find(path, PREFIXES).get("schemeID")


class Documents(unittest.TestCase):
    def ready_site(self, vat):
        """A site that could charge 2013."""
        site = Site(demo_clock=CLOCK)
        self.addCleanup(site.__exit__)
        site.start()
        agree(site, vat=vat)
        name_recipients(site)
        for code, ean in EAN.items():
            must(patch(site, f"{AGREEMENT}/recipients/{code}", {
                "buyerReference": f"Økonomi {code}",
                "endpoint": {"scheme": "SCHEME_EAN", "id": ean}}))
        approve_budget(site)
        must(site.post(f"{AGREEMENT}/budgets/2013/splits", {}))
        return site

    def charged_site(self, letter="O"):
        """A site that has charged 2013, with VAT in one category; returns its charge too."""
        site = self.ready_site(CATEGORIES[letter])
        return site, must(site.post(CHARGE + ":run", {}))

    def invoices(self, site):
        return must(site.get(REGION + "/invoices?pageSize=1000"))["invoices"]

    def document(self, site, invoice, file_format="FORMAT_UBL"):
        reply = site.get(f"/v1/{invoice['name']}:document?format={file_format}")
        self.assertEqual(reply.status, 200, reply)
        return reply

    def check(self, letter, invoice, ubl):
        """What a file says against what was charged."""
        lines = [Decimal(text) for text in ubl.all("cac:InvoiceLine/cbc:LineExtensionAmount")]
        rate = Decimal("0.25") if letter == "S" else Decimal(0)
        vat = (sum(lines) * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
        self.assertEqual(ubl.one("cac:TaxTotal/cbc:TaxAmount"), str(vat.quantize(Decimal("0.01"))))
        payable = ubl.one("cac:LegalMonetaryTotal/cbc:PayableAmount")
        self.assertEqual(payable, invoice["payable"])
        self.assertEqual(Decimal(payable), sum(lines) + vat)
        self.assertEqual(ubl.one("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID"), letter)
        self.assertEqual(ubl.one("cbc:ID"), invoice["number"])
        self.assertEqual(ubl.one("cbc:DueDate"), "2013-06-07")
        seller = "cac:AccountingSupplierParty/cac:Party/"
        numbers = ubl.all(seller + "cac:PartyTaxScheme/cbc:CompanyID")
        self.assertEqual(numbers, [] if letter == "O" else ["DK66137112"])
        buyer = "cac:AccountingCustomerParty/cac:Party/"
        code = invoice["buyer"]["code"]
        self.assertEqual(ubl.scheme(buyer + "cbc:EndpointID"), "0088" if code in EAN else "0184")
        self.assertEqual(ubl.one("cbc:BuyerReference"), f"Økonomi {code}")

    def test_each_invoice_is_a_file_in_every_vat_category(self):
        for letter in CATEGORIES:
            with self.subTest(letter):
                site, charge = self.charged_site(letter)
                paid = Decimal(0)
                for invoice in self.invoices(site):
                    paid += Decimal(invoice["payable"])
                    if invoice.get("internal"):
                        continue
                    reply = self.document(site, invoice)
                    self.assertEqual(reply.headers["content-type"], "application/xml")
                    self.check(letter, invoice, Ubl(reply.body))
                self.assertEqual(str(paid), charge["payableTotal"])

    def test_a_document_that_breaks_a_rule_keeps_every_invoice_back(self):
        site = self.ready_site(dict(CATEGORIES["E"], exemptionCode="MOMS-13"))
        refused = site.post(CHARGE + ":run", {})
        self.assertEqual(refused.reason, "DOCUMENT_INVALID")
        (info,) = [one for one in refused.json["error"]["details"] if "metadata" in one]
        self.assertEqual(list(info["metadata"]), ["165-2013-0001 BR-CL-22"])
        self.assertIn("MOMS-13", info["metadata"]["165-2013-0001 BR-CL-22"])
        self.assertEqual(must(site.get(REGION + "/invoices")).get("invoices", []), [])

    def test_the_hosts_voucher_is_a_page_only(self):
        site, _ = self.charged_site()
        (voucher,) = [one for one in self.invoices(site) if one.get("internal")]
        self.assertEqual(voucher["buyer"]["code"], HOST)
        refused = site.get(f"/v1/{voucher['name']}:document?format=FORMAT_UBL")
        self.assertEqual(refused.reason, "INVOICE_INTERNAL")
        page = site.get(f"/v1/{voucher['name']}:document")
        self.assertIn("Internt bilag 165-2013-00", page.body.decode())

    def test_an_invoice_is_a_page_to_print(self):
        site, _ = self.charged_site()
        invoice = self.invoices(site)[0]
        reply = self.document(site, invoice, "FORMAT_HTML")
        self.assertEqual(reply.headers["content-type"], "text/html; charset=utf-8")
        self.assertEqual(reply.headers["content-disposition"],
                         'inline; filename="faktura-165-2013-0001.html"')
        page = reply.body.decode()
        for text in ("Faktura 165-2013-0001", "484.510,18", "7. juni 2013", "0216 4069032145"):
            self.assertIn(text, page)

    def test_a_credit_note_names_what_it_credits(self):
        site, _ = self.charged_site()
        invoice = self.invoices(site)[0]
        note = must(site.post(f"/v1/{invoice['name']}:credit", {"reason": "Forkert reference"}))
        ubl = Ubl(self.document(site, note).body)
        self.assertEqual(ubl.one("cbc:CreditNoteTypeCode"), "381")
        self.assertEqual(ubl.one("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"),
                         invoice["number"])
        self.assertEqual(ubl.one("cac:LegalMonetaryTotal/cbc:PayableAmount"), invoice["payable"])


if __name__ == "__main__":
    unittest.main()
