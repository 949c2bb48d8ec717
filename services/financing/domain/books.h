// The books of one agreement: every posting in order, and what they add up to. Debits equal credits
// after every posting, because a posting is balanced before it becomes a fact. A copy costs
// constant time. Pure.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kkr/financing/v1/ledger.pb.h"
#include "services/platform/money/money.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::financing {

using platform::Money;

struct Posted {
  v1::LedgerPosting content;
  absl::Time created_at;
};

// Where an amount stands within a year.
struct BalanceKey {
  int year = 0;
  v1::Account account = v1::ACCOUNT_UNSPECIFIED;
  std::string municipality;  // A code; empty when it concerns none.

  auto operator<=>(const BalanceKey&) const = default;
};

// What was moved on an account; neither is below zero.
struct Turnover {
  Money debit;
  Money credit;

  Money balance() const { return debit - credit; }
};

}  // namespace kkr::financing

template <>
struct std::hash<kkr::financing::BalanceKey> {
  std::size_t operator()(const kkr::financing::BalanceKey& key) const noexcept {
    const std::size_t municipality = std::hash<std::string>{}(key.municipality);
    return (municipality * 31 + static_cast<std::size_t>(key.account)) * 4099 +
           static_cast<std::size_t>(key.year);
  }
};

namespace kkr::financing {

struct Books {
  platform::PersistentMap<int, Posted> postings;  // By number, from 1.
  platform::PersistentMap<BalanceKey, Turnover> balances;
};

// Takes a posting in under the next number; one without entries is passed over. Aborts when it is
// not balanced: the log then holds what no decision makes.
void post(Books& books, v1::LedgerPosting posting, absl::Time created_at);

struct Financing;

// The same in the books of the posting's agreement. Called by `evolve` for each fact that moves
// money, and when a snapshot is loaded.
void post(Financing& state, const v1::LedgerPosting& posting, absl::Time created_at);

struct AccountTurnover {
  v1::Account account = v1::ACCOUNT_UNSPECIFIED;
  Turnover turnover;
};

// What was moved on each account that was moved on, in order of accounts; of one year, or of all
// when `year` is 0. The debits equal the credits.
std::vector<AccountTurnover> trial_balance(const Books& books, int year);

// What stands on an account within a year, for all municipalities together.
Money balance_of(const Books& books, int year, v1::Account account);

}  // namespace kkr::financing
