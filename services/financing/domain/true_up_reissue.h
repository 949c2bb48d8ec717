// Settles a true-up at once: a credit note for the whole and a new invoice for every municipality
// whose share changed. Pure.
#pragma once

#include <optional>

#include "services/financing/domain/state.h"

namespace kkr::financing {

// Adds the credit notes and invoices to `effects`, in order of municipality code. Who was no member
// before gets an invoice only, who is none now a credit note only. Nothing may be issued for
// anybody when it returns why.
std::optional<Refusal> reissue(const Financing& state, const Named<YearKey>& year,
                               const TrueUp& true_up, LocalDate today, Effects& effects);

}  // namespace kkr::financing
