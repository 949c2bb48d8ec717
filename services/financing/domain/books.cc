#include "services/financing/domain/books.h"

#include <cassert>
#include <map>
#include <utility>

#include "services/financing/domain/posting.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

void post(Books& books, v1::LedgerPosting posting, absl::Time created_at) {
  assert(is_balanced(posting));
  if (posting.entries().empty()) return;
  for (const v1::LedgerEntry& entry : posting.entries()) {
    const BalanceKey key{posting.year(), entry.account(), entry.municipality()};
    const Money amount{entry.amount_oere()};
    books.balances.update(key, [amount](Turnover& turnover) {
      (amount > Money{} ? turnover.debit : turnover.credit) += magnitude(amount);
    });
  }
  const int number = static_cast<int>(books.postings.size()) + 1;
  books.postings.set(number, Posted{std::move(posting), created_at});
}

void post(Financing& state, const v1::LedgerPosting& posting, absl::Time created_at) {
  const auto name = parse_agreement_name(posting.agreement());
  if (!name || posting.entries().empty()) return;
  state.books.update(name->id, [&](Books& books) { post(books, posting, created_at); });
}

std::vector<AccountTurnover> trial_balance(const Books& books, int year) {
  std::map<v1::Account, Turnover> accounts;
  books.balances.for_each([&](const BalanceKey& key, const Turnover& moved) {
    if (year != 0 && key.year != year) return;
    Turnover& turnover = accounts[key.account];
    turnover.debit += moved.debit;
    turnover.credit += moved.credit;
  });
  std::vector<AccountTurnover> rows;
  for (const auto& [account, turnover] : accounts) rows.push_back({account, turnover});
  return rows;
}

Money balance_of(const Books& books, int year, v1::Account account) {
  Money balance;
  const BalanceKey before{year, account, ""};
  const auto add = [&](const BalanceKey& key, const Turnover& turnover) {
    if (key.year != year || key.account != account) return false;
    balance += turnover.balance();
    return true;
  };
  if (const auto found = books.balances.find(before)) balance += found->balance();
  books.balances.visit_after(&before, add);
  return balance;
}

}  // namespace kkr::financing
