#include "services/consultation/app/registry_follower.h"

#include "kkr/registry/v1/events.pb.h"
#include "services/consultation/domain/answer_commands.h"

namespace kkr::consultation {

platform::FollowRules<Domain> follow_registry(const std::string& region) {
  using Rules = platform::FollowRules<Domain>;
  Rules rules;
  rules.interpret = [region](const platform::RecordedEvent& recorded) -> Rules::Decide {
    if (recorded.type != "person_erased") return nullptr;
    registry::v1::Event event;
    if (!event.ParseFromString(recorded.payload)) return nullptr;
    return [region, person = event.person_erased().person()](const Consultation& state,
                                                             const Context&) -> Decision {
      return erase_sign_offs(state, region, person);
    };
  };
  return rules;
}

}  // namespace kkr::consultation
