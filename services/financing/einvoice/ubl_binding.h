// Which element of UBL 2.1 holds which term, in the order of the schema: one description for both
// directions, so that what is written is what is read. `Ubl` is a UblWriter with a const Invoice,
// or a UblReader with one to fill.
#pragma once

#include "services/financing/einvoice/invoice.h"
#include "services/financing/einvoice/ubl_names.h"

namespace kkr::financing::einvoice {

template <class Ubl>
void bind_vat_scheme(Ubl& ubl) {
  ubl.group("cac:TaxScheme", [&] { ubl.constant("cbc:ID", "VAT", "BR-CO-04", "BR-CO-04"); });
}

template <class Ubl, class Address>
void bind_address(Ubl& ubl, Address& address) {
  ubl.group("cac:PostalAddress", [&] {
    ubl.text("cbc:StreetName", address.street);
    ubl.text("cbc:AdditionalStreetName", address.additional_street);
    ubl.text("cbc:CityName", address.city);
    ubl.text("cbc:PostalZone", address.post_code);
    ubl.group("cac:Country", [&] { ubl.text("cbc:IdentificationCode", address.country); });
  });
}

template <class Ubl, class Party>
void bind_party(Ubl& ubl, const char* role, Party& party) {
  ubl.group(role, [&] {
    ubl.group("cac:Party", [&] {
      ubl.identifier("cbc:EndpointID", party.endpoint);
      bind_address(ubl, party.address);
      ubl.group_of(party.vat_number, "cac:PartyTaxScheme", [&] {
        ubl.text("cbc:CompanyID", party.vat_number);
        bind_vat_scheme(ubl);
      });
      ubl.group("cac:PartyLegalEntity", [&] {
        ubl.text("cbc:RegistrationName", party.name);
        ubl.identifier("cbc:CompanyID", party.legal_entity);
      });
      ubl.group("cac:Contact", [&] {
        ubl.text("cbc:Name", party.contact.name);
        ubl.text("cbc:Telephone", party.contact.telephone);
        ubl.text("cbc:ElectronicMail", party.contact.email);
      });
    });
  });
}

template <class Ubl, class Invoice>
void bind_references(Ubl& ubl, Invoice& invoice) {
  ubl.group("cac:InvoicePeriod", [&] {
    ubl.text("cbc:StartDate", invoice.period.start);
    ubl.text("cbc:EndDate", invoice.period.end);
  });
  ubl.group("cac:OrderReference", [&] { ubl.text("cbc:ID", invoice.order_reference); });
  ubl.list("cac:BillingReference", invoice.preceding, [&](auto& preceding) {
    ubl.group("cac:InvoiceDocumentReference", [&] {
      ubl.text("cbc:ID", preceding.number);
      ubl.text("cbc:IssueDate", preceding.issue_date);
    });
  });
  ubl.group("cac:ContractDocumentReference",
            [&] { ubl.text("cbc:ID", invoice.contract_reference); });
  // 130: the object that is invoiced, here the case at the authority.
  ubl.group_of(invoice.case_number.value, "cac:AdditionalDocumentReference", [&] {
    ubl.identifier("cbc:ID", invoice.case_number);
    ubl.constant("cbc:DocumentTypeCode", "130", "BR-52", "BR-52");
  });
}

template <class Ubl, class Invoice>
void bind_payment(Ubl& ubl, Invoice& invoice) {
  auto& payment = invoice.payment;
  ubl.group("cac:PaymentMeans", [&] {
    ubl.text("cbc:PaymentMeansCode", payment.code);
    if (invoice.kind == Kind::kCreditNote) ubl.text("cbc:PaymentDueDate", invoice.due_date);
    ubl.text("cbc:PaymentID", payment.reference);
    ubl.group("cac:PayeeFinancialAccount", [&] {
      ubl.text("cbc:ID", payment.account);
      ubl.text("cbc:Name", payment.account_name);
      ubl.group("cac:FinancialInstitutionBranch", [&] { ubl.text("cbc:ID", payment.institution); });
    });
  });
  ubl.group("cac:PaymentTerms", [&] { ubl.text("cbc:Note", invoice.payment_terms); });
}

template <class Ubl, class Invoice>
void bind_totals(Ubl& ubl, Invoice& invoice) {
  ubl.group("cac:TaxTotal", [&] {
    ubl.amount("cbc:TaxAmount", invoice.totals.vat, {"BR-CO-14", "BR-DEC-13"});
    ubl.list("cac:TaxSubtotal", invoice.vat, [&](auto& vat) {
      ubl.amount("cbc:TaxableAmount", vat.taxable, {"BR-45", "BR-DEC-19"});
      ubl.amount("cbc:TaxAmount", vat.tax, {"BR-46", "BR-DEC-20"});
      ubl.group("cac:TaxCategory", [&] {
        ubl.category("cbc:ID", vat.category, "BR-CL-17");
        ubl.number("cbc:Percent", vat.rate);
        ubl.text("cbc:TaxExemptionReasonCode", vat.reason_code);
        ubl.text("cbc:TaxExemptionReason", vat.reason);
        bind_vat_scheme(ubl);
      });
    });
  });
  ubl.required_group("cac:LegalMonetaryTotal", [&] {
    ubl.amount("cbc:LineExtensionAmount", invoice.totals.lines, {"BR-12", "BR-DEC-09"});
    ubl.amount("cbc:TaxExclusiveAmount", invoice.totals.without_vat, {"BR-13", "BR-DEC-12"});
    ubl.amount("cbc:TaxInclusiveAmount", invoice.totals.with_vat, {"BR-14", "BR-DEC-14"});
    ubl.amount("cbc:PayableAmount", invoice.totals.payable, {"BR-15", "BR-DEC-18"});
  });
}

template <class Ubl, class Line>
void bind_line(Ubl& ubl, Kind kind, Line& line) {
  ubl.text("cbc:ID", line.id);
  ubl.text("cbc:Note", line.note);
  ubl.quantity(names_of(kind).quantity, line.quantity, line.unit, "BR-22");
  ubl.amount("cbc:LineExtensionAmount", line.net, {"BR-24", "BR-DEC-23"});
  ubl.text("cbc:AccountingCost", line.accounting_cost);
  ubl.group("cac:Item", [&] {
    ubl.text("cbc:Description", line.description);
    ubl.text("cbc:Name", line.name);
    ubl.group("cac:CommodityClassification",
              [&] { ubl.classification("cbc:ItemClassificationCode", line.classification); });
    ubl.group("cac:ClassifiedTaxCategory", [&] {
      ubl.category("cbc:ID", line.vat_category, "BR-CL-18");
      ubl.number("cbc:Percent", line.vat_rate);
      bind_vat_scheme(ubl);
    });
  });
  ubl.required_group("cac:Price", [&] {
    ubl.price("cbc:PriceAmount", line.price, "BR-26");
    ubl.number("cbc:BaseQuantity", line.base_quantity);
  });
}

// Everything within the root element. `invoice.kind` is known.
template <class Ubl, class Invoice>
void bind_document(Ubl& ubl, Invoice& invoice) {
  const KindNames names = names_of(invoice.kind);
  ubl.text("cbc:CustomizationID", invoice.specification);
  ubl.text("cbc:ProfileID", invoice.process);
  ubl.text("cbc:ID", invoice.number);
  ubl.text("cbc:IssueDate", invoice.issue_date);
  if (invoice.kind == Kind::kInvoice) ubl.text("cbc:DueDate", invoice.due_date);
  ubl.constant(names.type_element, names.type_code, "BR-04", names.type_rule);
  ubl.text("cbc:Note", invoice.note);
  ubl.text("cbc:DocumentCurrencyCode", invoice.currency);
  ubl.currency(invoice.currency);
  ubl.text("cbc:AccountingCost", invoice.accounting_cost);
  ubl.text("cbc:BuyerReference", invoice.buyer_reference);
  bind_references(ubl, invoice);
  bind_party(ubl, "cac:AccountingSupplierParty", invoice.seller);
  bind_party(ubl, "cac:AccountingCustomerParty", invoice.buyer);
  bind_payment(ubl, invoice);
  bind_totals(ubl, invoice);
  ubl.list(names.line, invoice.lines, [&](auto& line) { bind_line(ubl, invoice.kind, line); });
}

}  // namespace kkr::financing::einvoice
