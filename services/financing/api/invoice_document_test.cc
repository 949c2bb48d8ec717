#include "services/financing/api/invoice_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "services/financing/domain/document_story.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/grpc/error_status.h"

namespace kkr::financing {
namespace {

using ::testing::HasSubstr;
using Format = v1::GetInvoiceDocumentRequest;

class InvoiceDocument : public ::testing::Test {
 protected:
  void keep(const v1::InvoiceIssued& issued) {
    invoice_.content = std::make_shared<const v1::InvoiceIssued>(issued);
    state_.invoices.set(parse_invoice_name(issued.invoice())->id, invoice_);
  }
  std::variant<DocumentFile, grpc::Status> file(Format::Format format) {
    Texts texts(store_);
    return document_file(state_, invoice_, format, texts);
  }

  platform::MemoryEventStore store_;
  Financing state_;
  Invoice invoice_;  // The one kept last.
};

TEST_F(InvoiceDocument, IsUblUnlessAPageIsAskedFor) {
  keep(story::issued_to_copenhagen());
  const auto ubl = std::get<DocumentFile>(file(Format::FORMAT_UNSPECIFIED));
  EXPECT_EQ(ubl.name, "faktura-165-2013-0007.xml");
  EXPECT_EQ(ubl.body.content_type(), "application/xml");
  EXPECT_THAT(ubl.body.data(),
              HasSubstr("<cbc:PayableAmount currencyID=\"DKK\">484510.18</cbc:PayableAmount>"));
  const auto page = std::get<DocumentFile>(file(Format::FORMAT_HTML));
  EXPECT_EQ(page.name, "faktura-165-2013-0007.html");
  EXPECT_THAT(page.body.data(), HasSubstr("484.510,18"));
}

TEST_F(InvoiceDocument, OfACreditNoteNamesWhatItCredits) {
  keep(story::issued_to_copenhagen());
  keep(story::credit_note());
  const auto ubl = std::get<DocumentFile>(file(Format::FORMAT_UBL));
  EXPECT_EQ(ubl.name, "kreditnota-165-2013-0030.xml");
  EXPECT_THAT(ubl.body.data(), HasSubstr("<cbc:ID>165-2013-0007</cbc:ID>"));
}

TEST_F(InvoiceDocument, OfAVoucherIsAPageOnly) {
  v1::InvoiceIssued issued = story::issued_to_copenhagen();
  issued.set_internal(true);
  keep(issued);
  EXPECT_EQ(platform::reason_of(std::get<grpc::Status>(file(Format::FORMAT_UBL))),
            "INVOICE_INTERNAL");
  const auto page = std::get<DocumentFile>(file(Format::FORMAT_UNSPECIFIED));
  EXPECT_EQ(page.name, "bilag-165-2013-0007.html");
}

TEST_F(InvoiceDocument, DoesNotLeaveWhenItBreaksARule) {
  v1::InvoiceIssued issued = story::issued_to_copenhagen();
  issued.clear_endpoint();
  keep(issued);
  EXPECT_EQ(platform::reason_of(std::get<grpc::Status>(file(Format::FORMAT_UBL))),
            "DOCUMENT_INVALID");
}

TEST_F(InvoiceDocument, SaysWhatWasErased) {
  keep(story::issued_to_copenhagen());  // Its text is not in the store.
  const auto ubl = std::get<DocumentFile>(file(Format::FORMAT_UBL));
  EXPECT_THAT(ubl.body.data(), HasSubstr("<cbc:BuyerReference>(slettet)</cbc:BuyerReference>"));
}

}  // namespace
}  // namespace kkr::financing
