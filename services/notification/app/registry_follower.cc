#include "services/notification/app/registry_follower.h"

#include "kkr/registry/v1/events.pb.h"

namespace kkr::notification {

platform::FollowRules<Domain> follow_registry() {
  using Rules = platform::FollowRules<Domain>;
  Rules rules;
  rules.interpret = [](const platform::RecordedEvent& recorded) -> Rules::Decide {
    if (recorded.type != "person_erased") return nullptr;
    registry::v1::Event event;
    if (!event.ParseFromString(recorded.payload)) return nullptr;
    const auto person = parse_person_name(event.person_erased().person());
    if (!person) return nullptr;
    return [person = *person](const Notification& state, const Context&) -> Decision {
      return forget(state, person);
    };
  };
  return rules;
}

}  // namespace kkr::notification
