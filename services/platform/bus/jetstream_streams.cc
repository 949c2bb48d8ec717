#include "services/platform/bus/jetstream_streams.h"

#include <prometheus/counter.h>

#include <utility>
#include <vector>

#include "services/platform/bus/event_message.h"
#include "services/platform/log/log.h"
#include "services/platform/metrics/metrics.h"

namespace kkr::platform {
namespace {

constexpr std::int64_t kWaitMs = 2'000;
constexpr std::int64_t kDuplicateWindowNs = 30'000'000'000;
constexpr char kNewestOfAll[] = ">";

using DescribedStream = NatsOwned<jsStreamInfo, jsStreamInfo_Destroy>;
using StreamNames = NatsOwned<jsStreamNamesList, jsStreamNamesList_Destroy>;

std::optional<std::vector<std::string>> names_of(jsCtx* context, const std::string& subjects) {
  jsOptions options;
  jsOptions_Init(&options);
  options.Wait = kWaitMs;
  options.Stream.Info.SubjectsFilter = subjects.c_str();
  jsStreamNamesList* listed = nullptr;
  const natsStatus status = js_StreamNames(&listed, context, &options, nullptr);
  const StreamNames owned(listed);
  if (status == NATS_NOT_FOUND) return std::vector<std::string>();
  if (status != NATS_OK) return std::nullopt;
  return std::vector<std::string>(listed->List, listed->List + listed->Count);
}

void count_refill(const std::string& log) {
  prometheus::BuildCounter()
      .Name("kkr_stream_refills_total")
      .Help("Streams that were not the beginning of their log and were filled again")
      .Register(metrics())
      .Add({{"log", log}})
      .Increment();
}

JetStreamContext context_of(NatsConnection& connection) {
  jsOptions options;
  jsOptions_Init(&options);
  options.Wait = kWaitMs;
  jsCtx* context = nullptr;
  natsConnection_JetStream(&context, connection.get(), &options);
  return JetStreamContext(context);
}

}  // namespace

// One log as it should be.
struct JetStreamStreams::Wanted {
  const std::string& service;
  const std::string& region;
  const std::string& generation;
  const std::string name = stream_name(service, region, generation);
  const std::string subjects = subjects_of(service, region);
};

std::string stream_name(const std::string& service, const std::string& region,
                        const std::string& generation) {
  return "kkr-" + subject_token(service) + '-' + subject_token(region) + '-' +
         subject_token(generation);
}

JetStreamStreams::JetStreamStreams(NatsConnection& connection, int replicas)
    : connection_(connection), replicas_(replicas), context_(context_of(connection)) {}

std::optional<std::uint64_t> JetStreamStreams::make_intact(const std::string& service,
                                                           const std::string& region,
                                                           const std::string& generation,
                                                           EventStore& store) {
  if (!connection_.connected()) return std::nullopt;
  const Wanted wanted{service, region, generation};
  if (!delete_other_generations(wanted)) return std::nullopt;
  bool refill = false;
  const auto length = length_if_intact(wanted, store, refill);
  if (!refill) return length;
  if (!create(wanted)) return std::nullopt;
  return 0;
}

bool JetStreamStreams::delete_other_generations(const Wanted& wanted) {
  const auto names = names_of(context_.get(), wanted.subjects);
  if (!names) return false;
  for (const std::string& name : *names) {
    if (name == wanted.name) continue;
    log(LogLevel::kInfo, "deleting the stream of an earlier generation", {{"stream", name}});
    if (!remove(name)) return false;
  }
  return true;
}

// Sets `refill` when the stream must be created, having deleted one that is not intact.
std::optional<std::uint64_t> JetStreamStreams::length_if_intact(const Wanted& wanted,
                                                                EventStore& store, bool& refill) {
  jsStreamInfo* described = nullptr;
  const natsStatus status =
      js_GetStreamInfo(&described, context_.get(), wanted.name.c_str(), nullptr, nullptr);
  const DescribedStream stream(described);
  if (status == NATS_NOT_FOUND) return refill = true, std::nullopt;
  if (status != NATS_OK) return std::nullopt;

  const jsStreamState& state = stream->State;
  if (state.LastSeq == 0) return 0;
  std::optional<bool> intact = state.FirstSeq == 1 && state.Msgs == state.LastSeq;
  if (*intact) intact = last_agrees(wanted, state.LastSeq, store);
  if (!intact) return std::nullopt;
  if (*intact) return state.LastSeq;

  log(LogLevel::kWarning, "a stream is not the beginning of its log; filling it again",
      {{"stream", wanted.name},
       {"first", static_cast<std::int64_t>(state.FirstSeq)},
       {"last", static_cast<std::int64_t>(state.LastSeq)},
       {"count", static_cast<std::int64_t>(state.Msgs)}});
  count_refill(wanted.service + '/' + wanted.region);
  refill = remove(wanted.name);
  return std::nullopt;
}

// nullopt when that cannot be told now.
std::optional<bool> JetStreamStreams::last_agrees(const Wanted& wanted, std::uint64_t last,
                                                  EventStore& store) {
  natsMsg* read = nullptr;
  const natsStatus status =
      js_GetMsg(&read, context_.get(), wanted.name.c_str(), last, nullptr, nullptr);
  const NatsMessage message(read);
  if (status == NATS_NOT_FOUND) return false;
  if (status != NATS_OK) return std::nullopt;
  const auto held = from_message(message.get());
  if (!held) return false;

  auto stored = store.read(last, 1);
  const auto* const events = std::get_if<std::vector<RecordedEvent>>(&stored);
  if (events == nullptr) return std::nullopt;
  if (events->empty() || held->event.position != last || events->front().hash != held->event.hash) {
    return false;
  }
  tell_newest_again(*held, wanted.name);
  return true;
}

// A server that fell between storing an event and sending it on has told nobody: those who listen
// would notice with the next event only.
void JetStreamStreams::tell_newest_again(const PublishedEvent& event, const std::string& stream) {
  const auto again = to_message(event, kStoredPrefix + subject_of(event), "");
  if (again == nullptr) return;
  natsMsgHeader_Set(again.get(), kStreamHeader, stream.c_str());
  natsConnection_PublishMsg(connection_.get(), again.get());
}

bool JetStreamStreams::create(const Wanted& wanted) {
  const char* subjects[] = {wanted.subjects.c_str()};
  const std::string stored = kStoredPrefix + wanted.subjects;
  jsRePublish sent_on;
  jsRePublish_Init(&sent_on);
  sent_on.Source = ">";
  const std::string destination = std::string(kStoredPrefix) + ">";
  sent_on.Destination = destination.c_str();

  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  config.Name = wanted.name.c_str();
  config.Subjects = subjects;
  config.SubjectsLen = 1;
  config.Storage = js_FileStorage;
  config.Replicas = replicas_;
  config.Duplicates = kDuplicateWindowNs;
  config.RePublish = &sent_on;
  jsErrCode code{};
  const natsStatus status = js_AddStream(nullptr, context_.get(), &config, nullptr, &code);
  if (status == NATS_OK) return true;
  log(LogLevel::kWarning, "a stream cannot be created",
      {{"stream", wanted.name},
       {"status", natsStatus_GetText(status)},
       {"code", static_cast<std::int64_t>(code)}});
  return false;
}

bool JetStreamStreams::remove(const std::string& name) {
  const natsStatus status = js_DeleteStream(context_.get(), name.c_str(), nullptr, nullptr);
  return status == NATS_OK || status == NATS_NOT_FOUND;
}

bool JetStreamStreams::newest(const std::string& service, const std::string& region,
                              const std::function<void(const std::string&, natsMsg*)>& found) {
  const auto names = names_of(context_.get(), subjects_of(service, region));
  if (!names) return false;
  bool told = true;
  for (const std::string& name : *names) {
    natsMsg* read = nullptr;
    const natsStatus status =
        js_GetLastMsg(&read, context_.get(), name.c_str(), kNewestOfAll, nullptr, nullptr);
    const NatsMessage message(read);
    if (status == NATS_OK) found(name, message.get());
    told = told && (status == NATS_OK || status == NATS_NOT_FOUND);
  }
  return told;
}

}  // namespace kkr::platform
