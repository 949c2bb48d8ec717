// The rules an invoice keeps before it leaves: those of EN 16931, Peppol BIS Billing 3.0 and its
// Danish part that can speak of our kind of file, and ours where the official ones let too much
// pass. Amounts are exact to the øre, without the slack that the official rules have. Each group
// adds its findings; how a file is written is judged by ubl_reader.h.
#pragma once

#include <vector>

#include "services/financing/einvoice/finding.h"
#include "services/financing/einvoice/invoice.h"

namespace kkr::financing::einvoice {

// Every broken rule, in the order of the groups below; empty when the invoice is right.
std::vector<Finding> broken_rules(const Invoice& invoice);

void check_document(const Invoice& invoice, Findings& findings);    // Numbers, dates, references.
void check_parties(const Invoice& invoice, Findings& findings);     // Seller and buyer.
void check_payment(const Invoice& invoice, Findings& findings);     // How and when to pay.
void check_lines(const Invoice& invoice, Findings& findings);       // Each line by itself.
void check_vat(const Invoice& invoice, Findings& findings);         // Categories, rates, reasons.
void check_arithmetic(const Invoice& invoice, Findings& findings);  // Sums.

}  // namespace kkr::financing::einvoice
