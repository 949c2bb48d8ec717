// What was issued as the document that is sent for it, in the terms of EN 16931, and whether it may
// leave. Works in memory only, so that a run can refuse before anything is issued.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kkr/financing/v1/charge_events.pb.h"
#include "services/financing/domain/decision.h"
#include "services/financing/einvoice/finding.h"
#include "services/financing/einvoice/invoice.h"

namespace kkr::financing {

// What an invoice says that is kept outside the log.
struct DocumentTexts {
  std::string buyer_reference;
  v1::Contact contact;
};

// The document. `preceding` is the invoice that this one credits or replaces, null when there is
// none. A voucher has one too: to show, not to send.
einvoice::Invoice document_of(const v1::InvoiceIssued& issued, const DocumentTexts& texts,
                              const v1::InvoiceIssued* preceding);

// Refuses with kDocumentInvalid, naming every rule that the documents break, unless each of them
// could be sent. A voucher is not sent, so it breaks none. Texts kept outside the log count as
// given when they were.
std::optional<Refusal> fault_in_document(const v1::InvoiceIssued& issued,
                                         const v1::InvoiceIssued* preceding);

// The details of such a refusal: `165-2013-0007 BR-CO-16` and the sentence.
std::map<std::string, std::string> details_of(const std::string& number,
                                              const std::vector<einvoice::Finding>& findings);

}  // namespace kkr::financing
