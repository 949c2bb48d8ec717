// What may be done with a framework paper, and when. Pure.
#pragma once

#include <vector>

#include "services/consultation/domain/state.h"

namespace kkr::consultation {

Decision decide(const Consultation& state, const v1::CreatePaperRequest& command,
                const Context& context);
Decision decide(const Consultation& state, const v1::UpdatePaperRequest& command,
                const Context& context);
// `stored` are those of the command's attachments that the region holds, with size and type.
Decision decide(const Consultation& state, const v1::AddPaperVersionRequest& command,
                const std::vector<v1::Attachment>& stored, const Context& context);
Decision decide(const Consultation& state, const v1::ApprovePaperRequest& command,
                const Context& context);

// Takes in what happened to a paper; called by `evolve`.
void create(Consultation& state, const v1::PaperCreated& fact, const Recorded& recorded);
void update(Consultation& state, const v1::PaperUpdated& fact, const Recorded& recorded);
void add_version(Consultation& state, const v1::PaperVersionAdded& fact, const Recorded& recorded);
void approve(Consultation& state, const v1::PaperVersionApproved& fact, const Recorded& recorded);
void replace(Consultation& state, const v1::PaperReplaced& fact, const Recorded& recorded);

}  // namespace kkr::consultation
