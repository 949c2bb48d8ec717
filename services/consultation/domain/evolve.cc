// How each recorded fact changes the state: the one place that lists them all.
#include "services/consultation/domain/answer.h"
#include "services/consultation/domain/collection.h"
#include "services/consultation/domain/deadline_watch.h"
#include "services/consultation/domain/extension_commands.h"
#include "services/consultation/domain/paper_commands.h"
#include "services/consultation/domain/round_commands.h"
#include "services/consultation/domain/state.h"

namespace kkr::consultation {
void evolve(Consultation& state, const Recorded& recorded) {
  const v1::Event& event = recorded.event;
  switch (event.fact_case()) {
    case v1::Event::kPaperCreated: return create(state, event.paper_created(), recorded);
    case v1::Event::kPaperUpdated: return update(state, event.paper_updated(), recorded);
    case v1::Event::kPaperVersionAdded:
      return add_version(state, event.paper_version_added(), recorded);
    case v1::Event::kPaperVersionApproved:
      return approve(state, event.paper_version_approved(), recorded);
    case v1::Event::kPaperReplaced: return replace(state, event.paper_replaced(), recorded);
    case v1::Event::kRoundCreated: return create(state, event.round_created(), recorded);
    case v1::Event::kRoundUpdated: return update(state, event.round_updated(), recorded);
    case v1::Event::kRoundOpened: return open(state, event.round_opened(), recorded);
    case v1::Event::kRoundClosed: return close(state, event.round_closed(), recorded);
    case v1::Event::kRoundReopened: return reopen(state, event.round_reopened(), recorded);
    case v1::Event::kRoundCancelled: return cancel(state, event.round_cancelled(), recorded);
    case v1::Event::kDeadlinePassed: return pass(state, event.deadline_passed(), recorded);
    case v1::Event::kRoundReasonsErased:
      return erase(state, event.round_reasons_erased(), recorded);
    case v1::Event::kExtensionAsked: return ask(state, event.extension_asked(), recorded);
    case v1::Event::kExtensionGranted: return grant(state, event.extension_granted(), recorded);
    case v1::Event::kExtensionRefused: return refuse(state, event.extension_refused(), recorded);
    case v1::Event::kExtensionWithdrawn:
      return withdraw(state, event.extension_withdrawn(), recorded);
    case v1::Event::kExtendedDeadlinePassed:
      return pass(state, event.extended_deadline_passed(), recorded);
    case v1::Event::kExtensionReasonsErased:
      return erase(state, event.extension_reasons_erased(), recorded);
    case v1::Event::kDraftSaved: return save(state, event.draft_saved(), recorded);
    case v1::Event::kAnswerSubmitted: return submit(state, event.answer_submitted(), recorded);
    case v1::Event::kAnswerRecorded: return record(state, event.answer_recorded(), recorded);
    case v1::Event::kAnswerWithdrawn: return withdraw(state, event.answer_withdrawn(), recorded);
    case v1::Event::kTreatmentRecorded: return record(state, event.treatment_recorded(), recorded);
    case v1::Event::kSignOffErased: return erase(state, event.sign_off_erased(), recorded);
    case v1::Event::kAnswerTextsErased: return erase(state, event.answer_texts_erased(), recorded);
    case v1::Event::kCollectionCreated: return collect(state, event.collection_created(), recorded);
    case v1::Event::kCollectionNotesErased:
      return erase(state, event.collection_notes_erased(), recorded);
    case v1::Event::FACT_NOT_SET: return;  // Unreachable: the log refuses a fact it cannot read.
  }
}

}  // namespace kkr::consultation
