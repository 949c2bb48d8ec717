// Which invoices a movement at the bank pays. Pure. An amount alone never pays anything: where no
// invoice is named, those that fit are shown for somebody to choose from.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "services/financing/domain/ids.h"
#include "services/platform/money/money.h"

namespace kkr::financing {

// What is outstanding of every invoice that can be paid; zero of those that have been paid or
// credited.
using OutstandingByInvoice = std::map<InvoiceId, platform::Money>;

enum class Finding {
  kMatched,    // All that is outstanding of the invoices named, to the øre.
  kPart,       // Less than is outstanding of the one invoice named.
  kOver,       // More than that; what is over pays nothing yet.
  kDouble,     // An invoice is named of which nothing is outstanding.
  kWrongWay,   // Money went out.
  kAmbiguous,  // Several invoices are named and do not add up, or none is and the amount fits some.
  kUnknown,    // No invoice is named, and the amount fits none.
};

struct Allocated {
  InvoiceId invoice;
  platform::Money amount;  // Above zero.
  bool operator==(const Allocated&) const = default;
};

struct Match {
  Finding finding = Finding::kUnknown;
  std::vector<Allocated> allocations;  // In order of invoice ids.
  platform::Money surplus;             // What of the amount pays nothing.
  std::vector<InvoiceId> candidates;   // What was named, or fits, where nothing could be allocated.
};

// The invoices of `outstanding` that `text` names, in order of their ids: host, year and number,
// written together or with spaces and hyphens between, the number with leading zeros or without.
std::vector<InvoiceId> named_invoices(std::string_view text,
                                      const OutstandingByInvoice& outstanding);

// What a movement of `amount`, beside which `text` stands, does to the invoices.
Match match_payment(platform::Money amount, std::string_view text,
                    const OutstandingByInvoice& outstanding);

}  // namespace kkr::financing
