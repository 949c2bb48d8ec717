#include "services/platform/process/readiness.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace kkr::platform {

void Readiness::set(const std::string& part, bool ready, std::string sentence) {
  const std::lock_guard lock(mutex_);
  parts_[part] = {ready, std::move(sentence)};
}

void Readiness::start_draining() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
}

bool Readiness::ready() const {
  const std::lock_guard lock(mutex_);
  return ready_locked();
}

bool Readiness::ready_locked() const {
  return !draining_ && std::all_of(parts_.begin(), parts_.end(),
                                   [](const auto& part) { return part.second.ready; });
}

std::optional<std::string> Readiness::not_ready_because() const {
  const std::lock_guard lock(mutex_);
  if (draining_) return "The process is stopping.";
  for (const auto& [part, state] : parts_) {
    if (!state.ready) return part + ": " + state.sentence;
  }
  return std::nullopt;
}

std::string Readiness::json() const {
  const std::lock_guard lock(mutex_);
  nlohmann::ordered_json json;
  json["ready"] = ready_locked();
  json["draining"] = draining_;
  json["parts"] = nlohmann::ordered_json::array();
  for (const auto& [part, state] : parts_) {
    nlohmann::ordered_json entry{{"part", part}, {"ready", state.ready}};
    if (!state.sentence.empty()) entry["sentence"] = state.sentence;
    json["parts"].push_back(std::move(entry));
  }
  return json.dump();
}

}  // namespace kkr::platform
