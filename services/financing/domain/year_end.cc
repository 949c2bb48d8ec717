#include "services/financing/domain/year_end.h"

#include <utility>

namespace kkr::financing {
namespace {

void append(v1::LedgerPosting& posting, v1::Account account, Money amount) {
  if (amount == Money{}) return;
  v1::LedgerEntry& entry = *posting.add_entries();
  entry.set_account(account);
  entry.set_amount_oere(amount.ore);
}

// Debits what was spent and closes it at once: both sides stand in the books of the year. Of the
// overhead only what differs from what the host had already earned is still to be posted.
void post_spent(const Books& books, const YearToClose& year, v1::LedgerPosting& posting) {
  Money cost;
  Money overhead;
  for (const v1::SpentByKind& spent : year.spent) {
    (spent.cost_kind() == v1::COST_KIND_OVERHEAD ? overhead : cost) += Money{spent.amount_oere()};
  }
  const Money earned = balance_of(books, year.ground.year, v1::ACCOUNT_OVERHEAD);
  append(posting, v1::ACCOUNT_COST, cost);
  append(posting, v1::ACCOUNT_OVERHEAD, overhead - earned);
  add_entry(posting, v1::ACCOUNT_HOST, year.host.text, earned - overhead - cost);
  append(posting, v1::ACCOUNT_COST, -cost);
  append(posting, v1::ACCOUNT_OVERHEAD, -overhead);
}

void close_income(const Books& books, int year, v1::LedgerPosting& posting) {
  books.balances.for_each([&](const BalanceKey& key, const Turnover& turnover) {
    const bool income = key.account == v1::ACCOUNT_INCOME || key.account == v1::ACCOUNT_CREDITED;
    if (key.year != year || !income) return;
    add_entry(posting, key.account, key.municipality, -turnover.balance());
  });
}

}  // namespace

Money charged_in(const Books& books, int year) {
  return -(balance_of(books, year, v1::ACCOUNT_INCOME) +
           balance_of(books, year, v1::ACCOUNT_CREDITED));
}

std::variant<YearResult, SplitFault> result_of(const Books& books, const YearToClose& year) {
  YearResult end;
  end.charged = charged_in(books, year.ground.year);
  for (const v1::SpentByKind& spent : year.spent) end.spent += Money{spent.amount_oere()};
  end.result = end.charged - end.spent;
  const auto proof = split(end.result, year.members);
  if (const auto* fault = std::get_if<SplitFault>(&proof)) return *fault;
  end.shares = shares_of(std::get<Proof>(proof));

  end.posting = empty_posting(year.ground);
  post_spent(books, year, end.posting);
  close_income(books, year.ground.year, end.posting);
  const v1::Account account =
      year.treatment == v1::RESULT_TREATMENT_RETURN ? v1::ACCOUNT_UNALLOCATED : v1::ACCOUNT_RESULT;
  for (const auto& [municipality, share] : end.shares) {
    add_entry(end.posting, account, municipality.text, -share);
  }
  return end;
}

}  // namespace kkr::financing
