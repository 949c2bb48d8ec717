// What the secretariat may do with a round, and when. Pure: no clock, no I/O, and no id is made
// here; time, actor and new ids arrive in the context.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/consultation/domain/state.h"

namespace kkr::consultation {

// Whom an invitation means, as the registry told it.
struct ResolvedInvitation {
  std::string round_etag;  // Of the draft whose invitation was resolved.
  std::string as_of_date;
  std::vector<v1::InvitedMunicipality> invited;  // In order of code.
  std::string registry_generation;
  std::uint64_t registry_position = 0;
};

Decision decide(const Consultation& state, const v1::CreateRoundRequest& command,
                const Context& context);
Decision decide(const Consultation& state, const v1::UpdateRoundRequest& command,
                const Context& context);
// Refuses with ETAG_STALE when the draft changed after its invitation was resolved.
Decision decide(const Consultation& state, const v1::OpenRoundRequest& command,
                const ResolvedInvitation& resolved, const Context& context);
Decision decide(const Consultation& state, const v1::CloseRoundRequest& command,
                const Context& context);
Decision decide(const Consultation& state, const v1::ReopenRoundRequest& command,
                const Context& context);
Decision decide(const Consultation& state, const v1::CancelRoundRequest& command,
                const Context& context);
// In any phase: whoever is named may ask for it at any time.
Decision decide(const Consultation& state, const v1::EraseRoundReasonsRequest& command,
                const Context& context);

// The fact in the round's stream, and the texts under the keys erased with it; nothing when there
// are no keys.
Effects erasing(const std::vector<std::string>& keys, const RoundId& round, v1::Event event);

// Why the round cannot be opened now, whomever it invites: asked before the registry is.
std::optional<Refusal> fault_in_opening(const Consultation& state,
                                        const v1::OpenRoundRequest& command,
                                        const Context& context);

// Takes in what happened to a round; called by `evolve`.
void create(Consultation& state, const v1::RoundCreated& fact, const Recorded& recorded);
void update(Consultation& state, const v1::RoundUpdated& fact, const Recorded& recorded);
void open(Consultation& state, const v1::RoundOpened& fact, const Recorded& recorded);
void close(Consultation& state, const v1::RoundClosed& fact, const Recorded& recorded);
void reopen(Consultation& state, const v1::RoundReopened& fact, const Recorded& recorded);
void cancel(Consultation& state, const v1::RoundCancelled& fact, const Recorded& recorded);
void erase(Consultation& state, const v1::RoundReasonsErased& fact, const Recorded& recorded);

}  // namespace kkr::consultation
