// The books of one agreement: every posting in order, and what the accounts add up to. Pure.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>

#include "absl/time/time.h"
#include "kkr/financing/v1/ledger.pb.h"
#include "services/financing/domain/decision.h"
#include "services/financing/domain/ids.h"
#include "services/platform/money/money.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::financing {

using platform::Money;

struct Posted {
  v1::LedgerPosting content;
  absl::Time created_at;
};

// An account of a year.
struct AccountKey {
  int year = 0;
  v1::Account account = v1::ACCOUNT_UNSPECIFIED;
  auto operator<=>(const AccountKey&) const = default;
};

struct Balance {
  Money debit;
  Money credit;
};

}  // namespace kkr::financing

template <>
struct std::hash<kkr::financing::AccountKey> {
  std::size_t operator()(const kkr::financing::AccountKey& key) const noexcept {
    return kkr::financing::ids_detail::mixed(static_cast<std::size_t>(key.year),
                                             static_cast<std::size_t>(key.account));
  }
};

namespace kkr::financing {

struct Books {
  platform::PersistentMap<int, Posted> postings;  // Numbered from 1.
  platform::PersistentMap<AccountKey, Balance> balances;
};

struct Financing;

// Takes a posting in; one without entries is none. Called by `evolve` for each fact that moves
// money, and when a snapshot is loaded.
void post(Financing& state, const v1::LedgerPosting& posting, absl::Time at);

}  // namespace kkr::financing
