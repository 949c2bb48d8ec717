#include "services/platform/cluster/site_settlement.h"

#include <grpcpp/client_context.h>

#include <algorithm>
#include <thread>

#include "services/platform/time/timestamp.h"

namespace kkr::platform {
namespace {

using Steady = std::chrono::steady_clock;

// Nobody keeps a thread of another process longer than this; it is asked again.
constexpr auto kPatience = std::chrono::seconds(2);
constexpr auto kAskAgainAfter = std::chrono::milliseconds(20);

std::chrono::system_clock::time_point as_system(Steady::time_point deadline) {
  return std::chrono::system_clock::now() +
         std::chrono::duration_cast<std::chrono::system_clock::duration>(deadline - Steady::now());
}

}  // namespace

std::optional<absl::Time> SiteSettlement::next_due() {
  const std::lock_guard lock(mutex_);
  return next_due_;
}

bool SiteSettlement::await_rest(absl::Time /*instant*/, Deadline deadline) {
  // What one service records another may follow, so ask again until nothing was recorded meanwhile.
  std::map<std::string, std::uint64_t> ends;
  while (Steady::now() < deadline) {
    Round round = ask_all(ends, deadline);
    const bool all_led = std::all_of(round.ends.begin(), round.ends.end(), [&](const auto& end) {
      return round.led.contains(end.first);
    });
    if (round.complete && all_led && round.ends == ends) {
      const std::lock_guard lock(mutex_);
      next_due_ = round.next_due;
      return true;
    }
    if (!round.complete || !all_led) std::this_thread::sleep_for(kAskAgainAfter);
    ends = std::move(round.ends);
  }
  return false;
}

SiteSettlement::Round SiteSettlement::ask_all(const std::map<std::string, std::uint64_t>& ends,
                                              Deadline deadline) {
  Round round;
  round.ends = ends;
  v1::SettleRequest request;
  *request.mutable_now() = timestamp_of(clock_.now());
  for (const auto& [log, position] : ends) {
    auto& end = *request.add_logs();
    end.set_log(log);
    end.set_position(position);
  }
  for (const std::string& service : services_) {
    bool answered = false;
    for (const auto& replica : channels_.to_each(service)) {
      grpc::ClientContext context;
      context.set_deadline(as_system(std::min(deadline, Steady::now() + kPatience)));
      v1::SettleResponse reply;
      const auto status = v1::ClusterService::NewStub(replica)->Settle(&context, request, &reply);
      if (status.error_code() == grpc::StatusCode::UNAVAILABLE) continue;
      answered = true;
      if (!status.ok()) round.complete = false;
      for (const v1::LogEnd& end : reply.logs()) {
        auto& position = round.ends[end.log()];
        position = std::max(position, end.position());
        if (end.leading()) round.led.insert(end.log());
      }
      if (reply.has_next_due_time()) {
        const absl::Time due = instant_of(reply.next_due_time());
        round.next_due = round.next_due ? std::min(*round.next_due, due) : due;
      }
    }
    if (!answered) round.complete = false;
  }
  return round;
}

}  // namespace kkr::platform
