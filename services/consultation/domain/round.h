// A consultation round: what has been asked of whom and until when. The answers are aggregates of
// their own, so that answering never copies the round. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kkr/consultation/v1/extensions.pb.h"
#include "kkr/consultation/v1/rounds.pb.h"
#include "services/consultation/domain/ids.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {

using platform::LocalDate;
using Phase = v1::Round::State;
using Invited = std::map<MunicipalityCode, v1::InvitedMunicipality>;

// A later deadline for one municipality.
struct Extension {
  v1::Extension content;  // As it is shown, less the reasons and the etag.
  std::string asked_reason_key;
  std::string decided_reason_key;
  std::vector<std::string> reason_keys;  // Of every reason not erased, also those not shown.
  std::optional<LocalDate> deadline;     // Holds while granted.
  bool passed = false;                   // That its deadline passed has been recorded.
  std::string etag;
};

struct Round {
  // What a client may set, with its name. Whatever is rendered starts as a copy of it, so a field
  // added to it needs no other place.
  v1::Round content;
  Phase phase = v1::Round::STATE_UNSPECIFIED;
  std::optional<LocalDate> deadline;  // `content.deadline_date`; never empty once open.
  std::shared_ptr<const Invited> invited = std::make_shared<const Invited>();
  std::uint64_t registry_position = 0;
  std::map<MunicipalityCode, Extension> extensions;
  bool deadline_passed = false;          // That it passed has been recorded.
  std::string reason_key;                // Why it was reopened or cancelled.
  std::vector<std::string> reason_keys;  // Of every reason not erased, also those not shown.
  absl::Time created_at;
  std::optional<absl::Time> opened_at;
  std::optional<absl::Time> closed_at;
  std::string etag;
};

// Null when the municipality is not invited.
const v1::InvitedMunicipality* invitee_of(const Round& round, const MunicipalityCode& code);
// Null when the municipality never had an extension.
const Extension* extension_of(const Round& round, const MunicipalityCode& code);
// The last local day on which this municipality is on time: by its extension, else the round's.
// Only for a round that has been opened.
LocalDate deadline_of(const Round& round, const MunicipalityCode& code);
// True from the local midnight on that ends the municipality's deadline.
bool is_late(const Round& round, const MunicipalityCode& code, absl::Time at);
// Null when the round has no such question.
const v1::Question* question_of(const Round& round, std::string_view id);

}  // namespace kkr::consultation
