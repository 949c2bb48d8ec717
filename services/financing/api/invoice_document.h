// An invoice as a file: the electronic document, checked before it leaves, or a page to print.
#pragma once

#include <string>
#include <variant>

#include "google/api/httpbody.pb.h"
#include "grpcpp/support/status.h"
#include "kkr/financing/v1/invoices.pb.h"
#include "services/financing/app/texts.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

// A file and what to call it, such as `faktura-165-2013-0007.xml`: nothing in it needs quoting.
struct DocumentFile {
  google::api::HttpBody body;
  std::string name;
};

// The document of what was issued. Without a format it is UBL, or the page of a voucher. Fails with
// FAILED_PRECONDITION: INVOICE_INTERNAL for the UBL of a voucher, DOCUMENT_INVALID when the file
// breaks a rule, naming each; and when a text that is kept outside the log cannot be read, as
// status_of(texts) says.
std::variant<DocumentFile, grpc::Status> document_file(const Financing& state,
                                                       const Invoice& invoice,
                                                       v1::GetInvoiceDocumentRequest::Format format,
                                                       Texts& texts);

}  // namespace kkr::financing
