// Invoices that are right, for tests and measurements: the share of one municipality in the joint
// budget of 2013. Names and numbers of buyers are made up where nothing official is known.
#pragma once

#include "services/financing/einvoice/invoice.h"

namespace kkr::financing::einvoice::testing {

Invoice outside_vat();          // O, to a CVR endpoint: salary and overhead.
Invoice exempt();               // E, to an EAN endpoint.
Invoice taxable();              // S, with a payment slip.
Invoice credit_note();          // O, credits outside_vat().
Invoice with_lines(int lines);  // O, of so many lines.

}  // namespace kkr::financing::einvoice::testing
