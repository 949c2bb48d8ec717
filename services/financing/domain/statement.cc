#include "services/financing/domain/statement.h"

#include <algorithm>

namespace kkr::financing {
namespace {

// One line for what a posting changes; a voucher, which charges and settles at once, gives both.
void add_lines(const v1::LedgerPosting& posting, const MunicipalityCode& municipality,
               std::vector<StatementLine>& lines) {
  Money change;
  std::vector<Money> on_invoices;
  for (const v1::LedgerEntry& entry : posting.entries()) {
    const bool on_invoice = entry.account() == v1::ACCOUNT_RECEIVABLE;
    if (entry.municipality() != municipality.text) continue;
    if (!on_invoice && entry.account() != v1::ACCOUNT_UNALLOCATED) continue;
    change += Money{entry.amount_oere()};
    if (on_invoice) on_invoices.push_back(Money{entry.amount_oere()});
  }
  if (change != Money{}) on_invoices = {change};
  if (change == Money{} && on_invoices.size() < 2) return;
  const auto date = platform::parse_date(posting.date()).value_or(platform::LocalDate());
  for (const Money amount : on_invoices) lines.push_back({date, posting.source(), amount, Money{}});
}

}  // namespace

Statement statement_of(const Books& books, const MunicipalityCode& municipality, int year) {
  std::vector<StatementLine> lines;
  books.postings.for_each(
      [&](int, const Posted& posted) { add_lines(posted.content, municipality, lines); });
  std::stable_sort(lines.begin(), lines.end(),
                   [](const StatementLine& a, const StatementLine& b) { return a.date < b.date; });
  Statement statement;
  Money balance;
  for (StatementLine& line : lines) {
    if (line.date.year() > year) break;
    balance += line.amount;
    line.balance = balance;
    if (line.date.year() < year) {
      statement.opening = balance;
    } else {
      statement.lines.push_back(line);
    }
  }
  statement.closing = balance;
  return statement;
}

}  // namespace kkr::financing
