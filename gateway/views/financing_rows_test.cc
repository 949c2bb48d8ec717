#include "gateway/views/financing_rows.h"

#include <gmock/gmock.h>

namespace kkr::gateway {
namespace {

using financing::v1::Invoice;

Invoice invoice(const std::string& name, const std::string& payable, const std::string& paid,
                const std::string& outstanding) {
  Invoice invoice;
  invoice.set_name(name);
  invoice.set_kind(Invoice::KIND_INVOICE);
  invoice.set_state(Invoice::STATE_DELIVERED);
  invoice.set_payable(payable);
  invoice.set_paid(paid);
  invoice.set_outstanding(outstanding);
  invoice.set_due_date("2013-06-13");
  return invoice;
}

v1::YearStatusRow row_of(const FinancingFigures& figures) {
  v1::YearStatusRow row;
  figures.write(row);
  return row;
}

TEST(AgreementYear, IsTakenApart) {
  const AgreementYear year = agreement_year_of("regions/r/agreements/a/years/2013");
  EXPECT_EQ(year.agreement, "regions/r/agreements/a");
  EXPECT_EQ(year.year, "2013");
  EXPECT_EQ(year.budget, "regions/r/agreements/a/budgets/2013");
}

TEST(FinancingFigures, AddUpWhatHolds) {
  FinancingFigures figures;
  figures.add(invoice("a", "484510.18", "484510.17", "0.01"));
  Invoice late = invoice("b", "10.00", "0.00", "10.00");
  late.set_overdue(true);
  figures.add(late);
  const v1::YearStatusRow row = row_of(figures);
  EXPECT_THAT(row.invoices(), testing::ElementsAre("a", "b"));
  EXPECT_EQ(row.invoiced(), "484520.18");
  EXPECT_EQ(row.paid(), "484510.17");
  EXPECT_EQ(row.outstanding(), "10.01");
  EXPECT_EQ(row.overdue(), "10.00");
  EXPECT_EQ(row.due_date(), "2013-06-13");
}

TEST(FinancingFigures, NameWhatWasCreditedWithoutCountingIt) {
  FinancingFigures figures;
  Invoice credited = invoice("a", "10.00", "0.00", "0.00");
  credited.set_state(Invoice::STATE_CREDITED);
  figures.add(credited);
  Invoice note = invoice("b", "10.00", "0.00", "0.00");
  note.set_kind(Invoice::KIND_CREDIT_NOTE);
  figures.add(note);
  const v1::YearStatusRow row = row_of(figures);
  EXPECT_EQ(row.invoices_size(), 2);
  EXPECT_EQ(row.invoiced(), "0.00");
  EXPECT_EQ(row.due_date(), "");
}

TEST(FinancingFigures, AddUpToATotal) {
  FinancingFigures first;
  first.add(invoice("a", "1.00", "1.00", "0.00"));
  FinancingFigures total;
  total.add(first);
  total.add(first);
  EXPECT_EQ(row_of(total).paid(), "2.00");
}

}  // namespace
}  // namespace kkr::gateway
