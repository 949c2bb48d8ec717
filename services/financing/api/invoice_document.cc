#include "services/financing/api/invoice_document.h"

#include <utility>
#include <vector>

#include "services/financing/api/calls.h"
#include "services/financing/domain/document.h"
#include "services/financing/einvoice/issue.h"
#include "services/financing/einvoice/page.h"

namespace kkr::financing {
namespace {

using Format = v1::GetInvoiceDocumentRequest;

constexpr char kErased[] = "(slettet)";

DocumentTexts texts_of(const v1::InvoiceIssued& issued, Texts& texts) {
  const v1::PersonalText reference = texts.read(issued.buyer_reference().key());
  return {reference.erased() ? kErased : reference.text(),
          texts.read_contact(issued.contact().key())};
}

// The invoice that this one credits or replaces; null when there is none.
const v1::InvoiceIssued* preceding_of(const Financing& state, const v1::InvoiceIssued& issued) {
  const auto name =
      parse_invoice_name(issued.credits().empty() ? issued.replaces() : issued.credits());
  const auto invoice = name ? state.invoices.find(name->id) : nullptr;
  return invoice == nullptr ? nullptr : invoice->content.get();
}

DocumentFile page_of(const einvoice::Invoice& document, bool internal) {
  DocumentFile file;
  const auto kind = internal ? einvoice::PageKind::kVoucher : einvoice::PageKind::kDocument;
  file.body.set_content_type("text/html; charset=utf-8");
  file.body.set_data(einvoice::to_html(document, kind));
  file.name =
      internal ? "bilag-" + document.number + ".html" : einvoice::file_name(document, "html");
  return file;
}

std::variant<DocumentFile, grpc::Status> ubl_of(const einvoice::Invoice& document) {
  auto checked = einvoice::to_checked_ubl(document);
  if (const auto* findings = std::get_if<std::vector<einvoice::Finding>>(&checked)) {
    return to_status(refusal(Rejection::kDocumentInvalid, details_of(document.number, *findings)));
  }
  DocumentFile file;
  file.body.set_content_type("application/xml");
  file.body.set_data(std::get<std::string>(std::move(checked)));
  file.name = einvoice::file_name(document, "xml");
  return file;
}

}  // namespace

std::variant<DocumentFile, grpc::Status> document_file(const Financing& state,
                                                       const Invoice& invoice,
                                                       Format::Format format, Texts& texts) {
  const v1::InvoiceIssued& issued = *invoice.content;
  if (issued.internal() && format == Format::FORMAT_UBL) {
    return to_status(refusal(Rejection::kInvoiceInternal));
  }
  const einvoice::Invoice document =
      document_of(issued, texts_of(issued, texts), preceding_of(state, issued));
  if (texts.failure()) return status_of(texts);
  if (issued.internal() || format == Format::FORMAT_HTML)
    return page_of(document, issued.internal());
  return ubl_of(document);
}

}  // namespace kkr::financing
