#include "services/financing/app/books_view.h"

#include "services/financing/domain/statement.h"
#include "services/platform/field/resource_name.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {
namespace {

using platform::format_date;
using platform::format_money;

bool knows(const Books& books, const MunicipalityCode& municipality) {
  bool known = false;
  books.balances.for_each([&](const BalanceKey& key, const Turnover&) {
    known = known || key.municipality == municipality.text;
  });
  return known;
}

}  // namespace

std::optional<StatementId> parse_statement_name(std::string_view name) {
  constexpr std::size_t kYearLength = 4;
  const auto ids =
      platform::match_name("regions/{region}/agreements/{agreement}/statements/{statement}", name);
  if (!ids) return std::nullopt;
  const std::string& id = ids->at(2);
  if (id.size() <= kYearLength || id[kYearLength] != '-') return std::nullopt;
  const std::string code = id.substr(kYearLength + 1);
  // A year is one when its first day can be parsed.
  const auto first_day = platform::parse_date(id.substr(0, kYearLength) + "-01-01");
  if (!first_day || !is_municipality_code(code)) return std::nullopt;
  return StatementId{{ids->at(1)}, static_cast<int>(first_day->year()), {code}};
}

v1::TrialBalance shown_trial_balance(const Books& books, const std::string& agreement, int year) {
  v1::TrialBalance reply;
  reply.set_name(agreement);
  reply.set_year(year);
  Turnover total;
  for (const auto& [account, turnover] : trial_balance(books, year)) {
    v1::TrialBalanceRow& row = *reply.add_rows();
    row.set_account(account);
    row.set_debit(format_money(turnover.debit));
    row.set_credit(format_money(turnover.credit));
    row.set_balance(format_money(turnover.balance()));
    total.debit += turnover.debit;
    total.credit += turnover.credit;
  }
  reply.set_debit_total(format_money(total.debit));
  reply.set_credit_total(format_money(total.credit));
  return reply;
}

std::optional<v1::Statement> shown_statement(const Books& books, const std::string& name,
                                             const StatementId& id) {
  if (!knows(books, id.municipality)) return std::nullopt;
  const Statement statement = statement_of(books, id.municipality, id.year);
  v1::Statement reply;
  reply.set_name(name);
  reply.set_opening(format_money(statement.opening));
  for (const StatementLine& line : statement.lines) {
    v1::StatementLine& one = *reply.add_lines();
    one.set_date(format_date(line.date));
    one.set_source(line.source);
    one.set_amount(format_money(line.amount));
    one.set_balance(format_money(line.balance));
  }
  reply.set_closing(format_money(statement.closing));
  return reply;
}

v1::Posting shown(const Posted& posted, int number) {
  v1::Posting reply;
  reply.set_name(posted.content.agreement() + "/postings/" + std::to_string(number));
  reply.set_year(posted.content.year());
  reply.set_date(posted.content.date());
  reply.set_source(posted.content.source());
  for (const v1::LedgerEntry& entry : posted.content.entries()) {
    v1::PostingLine& line = *reply.add_lines();
    line.set_account(entry.account());
    line.set_municipality(entry.municipality());
    const Money amount{entry.amount_oere()};
    amount > Money{} ? line.set_debit(format_money(amount))
                     : line.set_credit(format_money(-amount));
  }
  *reply.mutable_create_time() = platform::timestamp_of(posted.created_at);
  return reply;
}

v1::YearEnd shown(const YearEnd& year_end) {
  v1::YearEnd reply;
  reply.set_name(year_end.content.year_end());
  reply.set_charged(format_money(Money{year_end.content.charged_oere()}));
  for (const v1::SpentByKind& spent : year_end.content.spent()) {
    v1::SpentAmount& one = *reply.add_spent();
    one.set_cost_kind(spent.cost_kind());
    one.set_amount(format_money(Money{spent.amount_oere()}));
  }
  reply.set_result(format_money(Money{year_end.content.result_oere()}));
  reply.set_treatment(year_end.content.treatment());
  for (const v1::ResultShare& share : year_end.content.shares()) {
    v1::YearEndRow& row = *reply.add_rows();
    row.set_code(share.code());
    row.set_amount(format_money(Money{share.amount_oere()}));
  }
  *reply.mutable_create_time() = platform::timestamp_of(year_end.created_at);
  return reply;
}

}  // namespace kkr::financing
