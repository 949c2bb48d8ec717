#include "services/financing/domain/books.h"

#include "services/financing/domain/state.h"

namespace kkr::financing {

void post(Financing& state, const v1::LedgerPosting& posting, absl::Time at) {
  const auto name = parse_agreement_name(posting.agreement());
  if (posting.entries().empty() || !name) return;
  state.books.update(name->id, [&](Books& books) {
    books.postings.set(static_cast<int>(books.postings.size()) + 1, Posted{posting, at});
    for (const v1::LedgerEntry& entry : posting.entries()) {
      books.balances.update({posting.year(), entry.account()}, [&](Balance& balance) {
        const Money amount{entry.amount_oere()};
        if (amount > Money{}) balance.debit += amount;
        if (amount < Money{}) balance.credit += -amount;
      });
    }
  });
}

}  // namespace kkr::financing
