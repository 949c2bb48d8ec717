// Everything the rules of this service look at: one region's agreements and all that follows from
// them. A copy costs constant time; readers keep the one they hold while the next is made.
#pragma once

#include <string>

#include "services/financing/domain/agreement.h"
#include "services/financing/domain/books.h"
#include "services/financing/domain/budget.h"
#include "services/financing/domain/decision.h"
#include "services/financing/domain/ids.h"
#include "services/financing/domain/invoice.h"
#include "services/financing/domain/payment.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::financing {

// How a year ended.
struct YearEnd {
  v1::YearClosed content;
  absl::Time created_at;
  std::string carried_by;  // The charge whose invoices bear the result; empty until one does.
};

struct Financing {
  platform::PersistentMap<AgreementId, Agreement> agreements;
  platform::PersistentMap<RecipientKey, Recipient> recipients;
  platform::PersistentMap<YearKey, Budget> budgets;
  platform::PersistentMap<YearKey, Charge> charges;
  platform::PersistentMap<SeriesKey, int> last_numbers;  // Of invoices, per host and year.
  platform::PersistentMap<InvoiceId, Invoice> invoices;
  platform::PersistentMap<PaymentId, Payment> payments;
  platform::PersistentMap<AgreementId, Books> books;
  platform::PersistentMap<YearKey, YearEnd> year_ends;
};

// Whether it waits for the next charge to bear it.
bool is_to_be_carried(const TrueUp& true_up);
bool is_to_be_carried(const YearEnd& end);

// Takes a recorded event in. Total: a stored event already happened, so this has no opinion and
// cannot fail.
void evolve(Financing& state, const Recorded& recorded);

// Whether `seen`, an etag a client sent, differs from the present one; empty means the client does
// not care.
bool is_stale(const std::string& seen, const std::string& present);
// The etag of what the event made: its place in the log, so that a restored log gives others.
std::string etag_of(const Recorded& recorded);

// For snapshots. `load_state` returns false when the text is none of its own; the state is then
// unspecified.
std::string save_state(const Financing& state);
bool load_state(std::string_view saved, Financing& state);

// What the platform needs to know of this service.
struct Domain {
  using State = Financing;
  using Event = v1::Event;
  using Rejection = kkr::financing::Rejection;
  static constexpr int kStateVersion = 1;  // Raise it when the saved shape changes.
  static void evolve(State& state, const Recorded& recorded) {
    kkr::financing::evolve(state, recorded);
  }
  static std::string save_state(const State& state) { return kkr::financing::save_state(state); }
  static bool load_state(std::string_view saved, State& state) {
    return kkr::financing::load_state(saved, state);
  }
};

}  // namespace kkr::financing
