#include "tests/contract/relayed_log.h"

#include <cstdlib>
#include <utility>

#include "services/platform/bus/event_message.h"
#include "services/platform/bus/jetstream_streams.h"

namespace kkr::platform {

std::unique_ptr<JetStreamBus> open_bus(const JetStreamSettings& settings, WorkerPool& pool) {
  auto opened = JetStreamBus::open(settings, pool);
  auto* const bus = std::get_if<std::unique_ptr<JetStreamBus>>(&opened);
  if (bus == nullptr) std::abort();
  return std::move(*bus);
}

RelayedLog::RelayedLog(std::string region) : region_(std::move(region)) {}

std::string RelayedLog::stream() const {
  return stream_name("consultation", region_, store_.head().generation);
}

void RelayedLog::write(std::size_t count) {
  while (count > 0) {
    Batch batch;
    batch.expected = store_.head();
    for (; count > 0 && batch.events.size() < 100; --count) {
      batch.events.push_back({"round-1", "round_opened", std::string("\0payload", 8), "metadata",
                              absl::FromUnixSeconds(1'360'105'200)});
    }
    tail_.push(std::get<std::vector<RecordedEvent>>(store_.append(batch)));
  }
}

std::unique_ptr<Relay> RelayedLog::relay(Bus& bus, WorkerPool& pool) {
  return std::make_unique<Relay>("consultation", region_, store_, tail_, bus, pool,
                                 std::chrono::milliseconds(20));
}

EventPtr RelayedLog::at(std::uint64_t position) {
  const auto read = std::get<std::vector<RecordedEvent>>(store_.read(position, 1));
  return std::make_shared<const PublishedEvent>(
      PublishedEvent{"consultation", region_, read.at(0)});
}

StreamProbe::StreamProbe(const std::vector<std::string>& urls) {
  NatsSettings settings;
  settings.urls = urls;
  connection_ = std::move(std::get<0>(NatsConnection::open(settings, {[] {}, [] {}})));
  jsCtx* context = nullptr;
  natsConnection_JetStream(&context, connection_->get(), nullptr);
  context_ = JetStreamContext(context);
}

std::vector<std::string> StreamProbe::streams() {
  jsStreamNamesList* listed = nullptr;
  std::vector<std::string> names;
  if (js_StreamNames(&listed, context(), nullptr, nullptr) != NATS_OK) return names;
  names.assign(listed->List, listed->List + listed->Count);
  jsStreamNamesList_Destroy(listed);
  return names;
}

std::optional<std::uint64_t> StreamProbe::length(const std::string& stream) {
  jsStreamInfo* described = nullptr;
  if (js_GetStreamInfo(&described, context(), stream.c_str(), nullptr, nullptr) != NATS_OK)
    return std::nullopt;
  const jsStreamState state = described->State;
  jsStreamInfo_Destroy(described);
  if (state.LastSeq == 0) return 0;
  if (state.FirstSeq != 1 || state.Msgs != state.LastSeq) return std::nullopt;
  return state.LastSeq;
}

std::int64_t StreamProbe::created(const std::string& stream) {
  jsStreamInfo* described = nullptr;
  if (js_GetStreamInfo(&described, context(), stream.c_str(), nullptr, nullptr) != NATS_OK)
    return 0;
  const std::int64_t created = described->Created;
  jsStreamInfo_Destroy(described);
  return created;
}

std::uint64_t StreamProbe::first_difference(RelayedLog& log) {
  const std::uint64_t head = log.store().head().position;
  for (std::uint64_t position = 1; position <= head; ++position) {
    natsMsg* read = nullptr;
    if (js_GetMsg(&read, context(), log.stream().c_str(), position, nullptr, nullptr) != NATS_OK)
      return position;
    const NatsMessage message(read);
    const auto held = from_message(message.get());
    if (!held || held->event != log.at(position)->event) return position;
  }
  return length(log.stream()) == head ? 0 : head + 1;
}

std::uint64_t StreamProbe::intrude(const std::string& subject, const std::string& message_id) {
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MsgId = message_id.c_str();
  jsPubAck* acknowledged = nullptr;
  if (js_Publish(&acknowledged, context(), subject.c_str(), "x", 1, &options, nullptr) != NATS_OK)
    return 0;
  const std::uint64_t sequence = acknowledged->Sequence;
  jsPubAck_Destroy(acknowledged);
  return sequence;
}

}  // namespace kkr::platform
