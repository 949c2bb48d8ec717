// Batches for tests of event stores: short to write, and complete enough to be verified.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "services/platform/event_store/document_seal.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// Builds a batch on the head of `store`, one command at a time, as an appender does.
class BatchBuilder {
 public:
  explicit BatchBuilder(const EventStore& store) { batch_.expected = store.head(); }

  // Adds a command with the given events and documents; without an id no request is recorded.
  BatchBuilder& command(std::string request_id, std::vector<NewEvent> events,
                        std::vector<DocumentWrite> documents = {}) {
    const auto first = batch_.expected.position + batch_.events.size() + 1;
    v1::EventMetadata metadata;
    metadata.set_actor("secretariat");
    metadata.set_request_id(request_id);
    for (auto& event : events) event.metadata = metadata.SerializeAsString();
    for (auto& write : documents) *metadata.add_documents() = seal_document(write);
    if (!events.empty()) events.back().metadata = metadata.SerializeAsString();
    if (!request_id.empty()) {
      const auto digest = sha256_of(request_id);
      batch_.requests.push_back({std::move(request_id), digest, first, first + events.size() - 1});
    }
    for (auto& event : events) batch_.events.push_back(std::move(event));
    for (auto& write : documents) batch_.documents.push_back(std::move(write));
    return *this;
  }
  BatchBuilder& checkpoint(Checkpoint checkpoint) {
    batch_.checkpoints.push_back(std::move(checkpoint));
    return *this;
  }
  Batch build() const { return batch_; }

 private:
  Batch batch_;
};

inline NewEvent an_event(std::string stream, std::string payload = "payload") {
  return {std::move(stream), "round_opened", std::move(payload), "",
          absl::FromUnixNanos(1'360'108'800'123'456'789)};
}

// The value of a result that must have succeeded; ends the test program with the failure if not.
template <class T>
T value_of(StoreResult<T> result) {
  if (const auto* failure = std::get_if<StoreFailure>(&result)) {
    std::fprintf(stderr, "store failure %d\n", static_cast<int>(*failure));
    std::abort();
  }
  return std::move(std::get<T>(result));
}

template <class T>
std::optional<StoreFailure> failure_of(const StoreResult<T>& result) {
  const auto* failure = std::get_if<StoreFailure>(&result);
  return failure ? std::optional(*failure) : std::nullopt;
}

}  // namespace kkr::platform
