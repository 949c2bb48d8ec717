// The board of a round: one row per invited municipality with how far it is, and the counts. Made
// from the state alone, so that it costs no read of the store.
#pragma once

#include "absl/time/time.h"
#include "services/consultation/domain/state.h"
#include "services/platform/field/page_token.h"

namespace kkr::consultation {

// How far one invited municipality is at an instant.
v1::Invitee board_row(const Consultation& state, const Round& round,
                      const v1::InvitedMunicipality& invited, absl::Time now);

// The rows of the page and the counts over all rows. `scope` is what its page tokens are bound to.
v1::ListInviteesResponse board_of(const Consultation& state, const Round& round,
                                  std::string_view scope, const platform::Page& page,
                                  absl::Time now);

}  // namespace kkr::consultation
