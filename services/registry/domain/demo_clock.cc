#include "services/registry/domain/demo_clock.h"

#include <utility>

#include "services/platform/time/local_date.h"
#include "services/platform/time/timestamp.h"

namespace kkr::registry {
namespace {

constexpr std::int32_t kNanosecondsMax = 999'999'999;

// Within the years the calendar of the system reaches.
bool is_well_formed(const google::protobuf::Timestamp& timestamp) {
  if (timestamp.nanos() < 0 || timestamp.nanos() > kNanosecondsMax) return false;
  const LocalDate day = platform::local_date_of(platform::instant_of(timestamp));
  return day.year() >= 1900 && day.year() < 3000;
}

}  // namespace

Decision decide(bool is_demo, const v1::AdvanceClockRequest& command, const Context& context) {
  if (!command.has_to() || !is_well_formed(command.to())) {
    return refuse(Rejection::kInstantInvalid, {{"field", "to"}});
  }
  if (!is_demo) return refuse(Rejection::kNotADemoSite);
  const absl::Time to = platform::instant_of(command.to());
  if (to < context.now) {
    return refuse(Rejection::kClockNotForward, {{"now", absl::FormatTime(context.now)}});
  }
  if (to == context.now) return Effects{};

  v1::Event event;
  *event.mutable_clock_advanced()->mutable_to() = command.to();
  return record("clock", std::move(event));
}

void evolve(State& state, const v1::ClockAdvanced& fact, const Place&) {
  state.demo_clock = platform::instant_of(fact.to());
}

}  // namespace kkr::registry
