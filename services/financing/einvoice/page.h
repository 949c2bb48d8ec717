// The invoice as a page for people, in Danish, ready to print on A4. The file is what counts; the
// page says the same, and nothing that the file does not say.
#pragma once

#include <string>

#include "services/financing/einvoice/invoice.h"

namespace kkr::financing::einvoice {

enum class PageKind {
  kDocument,  // An invoice or credit note that is also sent as a file.
  kVoucher,   // What somebody charges to its own books: nobody is asked to pay.
};

// A whole HTML page without scripts and without anything fetched from elsewhere.
std::string to_html(const Invoice& invoice, PageKind kind = PageKind::kDocument);

}  // namespace kkr::financing::einvoice
