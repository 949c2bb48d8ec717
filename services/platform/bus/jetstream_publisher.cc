#include "services/platform/bus/jetstream_publisher.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "services/platform/bus/cloud_event.h"
#include "services/platform/bus/event_message.h"
#include "services/platform/log/log.h"
#include "services/platform/metrics/metrics.h"

namespace kkr::platform {
namespace {

constexpr std::chrono::milliseconds kLookForOverdueEvery{500};

std::string new_inbox() {
  natsInbox* made = nullptr;
  natsInbox_Create(&made);
  const NatsOwned<natsInbox, natsInbox_Destroy> inbox(made);
  return inbox.get();
}

std::string_view body_of(natsMsg* message) {
  return {natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message))};
}

prometheus::Counter& misplaced_counter() {
  return prometheus::BuildCounter()
      .Name("kkr_bus_misplaced_total")
      .Help("Events that the bus holds at another position than the log; never in a sound system")
      .Register(metrics())
      .Add({});
}

}  // namespace

JetStreamPublisher::JetStreamPublisher(NatsConnection& connection, WorkerPool& pool,
                                       std::chrono::steady_clock::duration answer_within)
    : connection_(connection),
      answer_within_(answer_within),
      inbox_(new_inbox()),
      misplaced_(misplaced_counter()),
      answers_(NatsSubscription::open(connection, inbox_ + ".*",
                                      [this](natsMsg* message) { answered(message); })),
      overdue_(pool, [this] { fail_overdue(); }) {
  overdue_.wake();
}

JetStreamPublisher::~JetStreamPublisher() {
  overdue_.stop();
  answers_ = nullptr;
  fail_all();
}

void JetStreamPublisher::direct(const std::string& service, const std::string& region,
                                std::string stream) {
  const std::lock_guard lock(mutex_);
  streams_[{service, region}] = std::move(stream);
}

void JetStreamPublisher::publish(const EventPtr& event, Bus::Taken taken) {
  std::uint64_t token = 0;
  std::string stream;
  {
    const std::lock_guard lock(mutex_);
    stream = streams_[{event->service, event->region}];
    token = next_token_++;
    on_their_way_.emplace(
        token, OnItsWay{event->event.position, std::chrono::steady_clock::now() + answer_within_,
                        std::move(taken)});
  }
  if (connection_.connected() && send(*event, stream, token)) return;
  Bus::Taken refused;
  {
    const std::lock_guard lock(mutex_);
    const auto sent = on_their_way_.find(token);
    if (sent == on_their_way_.end()) return;  // The connection was lost in between.
    refused = std::move(sent->second.taken);
    on_their_way_.erase(sent);
  }
  refused(false);
}

bool JetStreamPublisher::send(const PublishedEvent& event, const std::string& stream,
                              std::uint64_t token) {
  const auto message = to_message(event, subject_of(event), inbox_ + '.' + std::to_string(token));
  if (message == nullptr) return false;
  const std::pair<const char*, std::string> guards[] = {
      {"Nats-Msg-Id", event_id(event)},
      {"Nats-Expected-Stream", stream},
      {"Nats-Expected-Last-Sequence", std::to_string(event.event.position - 1)},
  };
  for (const auto& [name, value] : guards) {
    if (natsMsgHeader_Set(message.get(), name, value.c_str()) != NATS_OK) return false;
  }
  return natsConnection_PublishMsg(connection_.get(), message.get()) == NATS_OK;
}

void JetStreamPublisher::answered(natsMsg* message) {
  const std::string_view subject = natsMsg_GetSubject(message);
  std::uint64_t token = 0;
  std::from_chars(subject.data() + inbox_.size() + 1, subject.data() + subject.size(), token);
  OnItsWay sent;
  {
    const std::lock_guard lock(mutex_);
    const auto found = on_their_way_.find(token);
    if (found == on_their_way_.end()) return;  // Too late: it has been given up.
    sent = std::move(found->second);
    on_their_way_.erase(found);
  }
  sent.taken(is_taken(message, sent));
}

bool JetStreamPublisher::is_taken(natsMsg* message, const OnItsWay& sent) {
  if (natsMsg_IsNoResponders(message)) return false;  // There is no such stream.
  const auto answer = nlohmann::json::parse(body_of(message), nullptr, false);
  if (!answer.is_object() || answer.contains("error")) return false;
  const auto sequence = answer.value("seq", std::uint64_t{0});
  if (sequence == sent.position) return true;
  misplaced_.Increment();
  log(LogLevel::kError, "an event stands in its stream at another position than in its log",
      {{"stream", answer.value("stream", std::string())},
       {"position", static_cast<std::int64_t>(sent.position)},
       {"sequence", static_cast<std::int64_t>(sequence)},
       {"duplicate", answer.value("duplicate", false)}});
  return false;
}

void JetStreamPublisher::fail_overdue() {
  fail_before(std::chrono::steady_clock::now());
  overdue_.wake_after(kLookForOverdueEvery);
}

void JetStreamPublisher::fail_all() { fail_before(std::chrono::steady_clock::time_point::max()); }

void JetStreamPublisher::fail_before(std::chrono::steady_clock::time_point instant) {
  std::vector<Bus::Taken> failed;
  {
    const std::lock_guard lock(mutex_);
    while (!on_their_way_.empty() && on_their_way_.begin()->second.until < instant) {
      failed.push_back(std::move(on_their_way_.begin()->second.taken));
      on_their_way_.erase(on_their_way_.begin());
    }
  }
  for (const Bus::Taken& taken : failed) taken(false);
}

}  // namespace kkr::platform
