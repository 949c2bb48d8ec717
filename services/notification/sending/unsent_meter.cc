#include "services/notification/sending/unsent_meter.h"

#include "services/platform/metrics/metrics.h"

namespace kkr::notification {

UnsentMeter::UnsentMeter(const std::string& log, SendTable& table, platform::Clock& clock,
                         platform::WorkerPool& pool, std::chrono::steady_clock::duration every)
    : table_(table),
      clock_(clock),
      every_(every),
      seconds_(prometheus::BuildGauge()
                   .Name("kkr_oldest_unsent_seconds")
                   .Help("How long the oldest notice that should have gone has been waiting")
                   .Register(platform::metrics())
                   .Add({{"log", log}})),
      task_(pool, [this] { look(); }) {}

UnsentMeter::~UnsentMeter() { stop(); }

void UnsentMeter::stop() {
  task_.stop();
  seconds_.Set(0);
}

void UnsentMeter::look() {
  const absl::Time now = clock_.now();
  const auto found = table_.oldest_unsent(now);
  // What cannot be read leaves the figure alone: it grows stale, and the store's alarm rings.
  if (const auto* oldest = std::get_if<std::optional<absl::Time>>(&found)) {
    seconds_.Set(*oldest ? absl::ToDoubleSeconds(now - **oldest) : 0);
  }
  task_.wake_after(every_);
}

}  // namespace kkr::notification
