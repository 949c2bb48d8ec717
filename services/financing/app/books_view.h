// The books as a caller sees them: numbers become decimal strings here. Adds nothing to what the
// books say.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kkr/financing/v1/ledger.pb.h"
#include "kkr/financing/v1/year_ends.pb.h"
#include "services/financing/domain/books.h"
#include "services/financing/domain/ids.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

// One municipality's year under an agreement.
struct StatementId {
  AgreementId agreement;
  int year = 0;
  MunicipalityCode municipality;
};

// `regions/{region}/agreements/{agreement}/statements/{year}-{code}`; nullopt for anything else.
std::optional<StatementId> parse_statement_name(std::string_view name);

v1::TrialBalance shown_trial_balance(const Books& books, const std::string& agreement, int year);

// nullopt when the books know nothing of the municipality.
std::optional<v1::Statement> shown_statement(const Books& books, const std::string& name,
                                             const StatementId& id);

v1::Posting shown(const Posted& posted, int number);
v1::YearEnd shown(const YearEnd& year_end);

}  // namespace kkr::financing
