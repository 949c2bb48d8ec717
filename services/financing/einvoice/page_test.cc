#include "services/financing/einvoice/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/financing/einvoice/testing/sample_invoices.h"

namespace kkr::financing::einvoice {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(InvoicePage, SaysWhatTheFileSays) {
  const std::string page = to_html(testing::outside_vat());
  for (const char* text :
       {"<title>Faktura 165-2013-1: Københavns Kommune</title>", "6. februar 2013", "8. marts 2013",
        "<dd>1. januar – 31. december 2013</dd>", "2012-0042311", "4510-2013", "4183 0012345678",
        "<td class=\"number\">421.513,86</td>",
        "<tr class=\"due\"><td colspan=\"2\">At betale, DKK</td>", "484.510,18",
        "uden for momsloven"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
}

TEST(InvoicePage, ShowsPricesByTheHundredAndVat) {
  const std::string page = to_html(testing::taxable());
  EXPECT_THAT(page, HasSubstr("37,5 timer"));
  EXPECT_THAT(page, HasSubstr("379,73 pr. 100"));
  EXPECT_THAT(page, HasSubstr("Moms 25 % af 28.810,75"));
  EXPECT_THAT(page, HasSubstr("+71&lt;000000016520133+87654321&lt;"));
  EXPECT_THAT(page, HasSubstr("Momsnr. DK66137112"));
}

TEST(InvoicePage, SaysWhatACreditNoteCredits) {
  const std::string page = to_html(testing::credit_note());
  EXPECT_THAT(page, HasSubstr("<h1>Kreditnota 165-2013-4</h1>"));
  EXPECT_THAT(page, HasSubstr("faktura 165-2013-1 af 6. februar 2013"));
  EXPECT_THAT(page, Not(HasSubstr("At betale")));
}

TEST(InvoicePage, OfAVoucherAsksNobodyToPay) {
  Invoice voucher = testing::outside_vat();
  voucher.buyer.endpoint = {};  // It is sent nowhere.
  const std::string page = to_html(voucher, PageKind::kVoucher);
  EXPECT_THAT(page, HasSubstr("<h1>Internt bilag 165-2013-1</h1>"));
  EXPECT_THAT(page, HasSubstr("Udgiftsføres, DKK"));
  EXPECT_THAT(page, Not(HasSubstr("Betal")));
  EXPECT_THAT(page, Not(HasSubstr("CVR </p>")));
}

TEST(InvoicePage, RunsNothingThatSomebodyWrote) {
  Invoice invoice = testing::outside_vat();
  invoice.buyer_reference = "<script>alert('1')</script>";
  EXPECT_THAT(to_html(invoice), Not(HasSubstr("<script>")));
}

}  // namespace
}  // namespace kkr::financing::einvoice
