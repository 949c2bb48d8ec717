// A notebook's log as a follower sees it, without the notebook: events are put in by hand, and it
// can be set back as a restored store is.
#pragma once

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/platform/appender/fact_codec.h"
#include "services/platform/bus/bus.h"
#include "services/platform/event_store/hash_chain.h"
#include "services/platform/follower/log_reader.h"
#include "services/platform/uuid/uuid.h"
#include "tests/notebook/notebook.h"

namespace kkr::notebook {

class SourceLog final : public platform::LogReader {
 public:
  static constexpr auto kName = "notebook/source";

  // Adds an event; the bus, when there is one, hears of it.
  void write(const std::string& key, const std::string& text, platform::Bus* bus = nullptr) {
    v1::Event event;
    event.mutable_note_written()->set_key(key);
    event.mutable_note_written()->set_text(text);
    add(event, bus);
  }
  void remove(const std::string& key, platform::Bus* bus = nullptr) {
    v1::Event event;
    event.mutable_note_removed()->set_key(key);
    add(event, bus);
  }

  // Adds an event of a later version of the notebook.
  void write_unknown() {
    const std::lock_guard lock(mutex_);
    append("note_painted", "", nullptr);
  }

  // As if restored from a backup made at `position`: the events after it never were, and what comes
  // is of a new generation.
  void set_back(std::uint64_t position) {
    const std::lock_guard lock(mutex_);
    events_.resize(position);
    generation_ = platform::new_uuid();
  }

  // Cannot be reached until told otherwise.
  void set_reachable(bool reachable) {
    const std::lock_guard lock(mutex_);
    reachable_ = reachable;
  }

  std::uint64_t head() const {
    const std::lock_guard lock(mutex_);
    return events_.size();
  }
  std::size_t reads() const {
    const std::lock_guard lock(mutex_);
    return reads_;
  }

  std::variant<platform::LogSlice, platform::LogReadFailure> read(const std::string& log,
                                                                  std::uint64_t from,
                                                                  std::size_t limit) override {
    const std::lock_guard lock(mutex_);
    ++reads_;
    if (log != kName) return platform::LogReadFailure::kLogUnknown;
    if (!reachable_) return platform::LogReadFailure::kUnavailable;
    platform::LogSlice slice{generation_, events_.size(), std::nullopt, {}};
    if (from == 1) slice.previous_hash = platform::Hash{};
    if (from > 1 && from <= events_.size() + 1) slice.previous_hash = events_[from - 2].hash;
    const std::size_t end = std::min(from - 1 + limit, events_.size());
    for (std::size_t i = from - 1; i < end; ++i) slice.events.push_back(events_[i]);
    return slice;
  }

 private:
  void add(const v1::Event& event, platform::Bus* bus) {
    const std::lock_guard lock(mutex_);
    append(platform::fact_name(event), event.SerializeAsString(), bus);
  }

  void append(const std::string& type, std::string payload, platform::Bus* bus) {
    platform::RecordedEvent recorded;
    recorded.generation = generation_;
    recorded.position = events_.size() + 1;
    recorded.stream = "note";
    recorded.type = type;
    recorded.version = recorded.position;
    recorded.payload = std::move(payload);
    const platform::Hash before = events_.empty() ? platform::Hash{} : events_.back().hash;
    recorded.hash = platform::event_hash(kName, before, recorded);
    events_.push_back(recorded);
    if (bus == nullptr) return;
    bus->publish(std::make_shared<const platform::PublishedEvent>(
                     platform::PublishedEvent{"notebook", "source", std::move(recorded)}),
                 [](bool) {});
  }

  mutable std::mutex mutex_;
  std::string generation_ = platform::new_uuid();
  std::vector<platform::RecordedEvent> events_;
  bool reachable_ = true;
  std::size_t reads_ = 0;
};

}  // namespace kkr::notebook
