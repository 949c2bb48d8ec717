// A test case with one appender over a store in memory, whose batches the test can hold up.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/workbench.h"

namespace kkr::notebook {

class AppenderTest : public testing::Test {
 protected:
  // Has everything submitted from now on wait until open_gate(): one batch for all of it.
  void close_gate() {
    gate_ = std::promise<void>();
    auto entered = std::make_shared<std::promise<void>>();
    auto decide = [entered, open = gate_.get_future().share()](const Notes&,
                                                               const platform::Context&) {
      entered->set_value();
      open.wait();
      return Decision(platform::Effects<v1::Event>{});
    };
    gate_passed_ = submit(appender(), a_command("", decide));
    entered->get_future().wait();
  }
  void open_gate() {
    gate_.set_value();
    gate_passed_.wait();
  }

  Appender& appender() {
    if (appender_ == nullptr) appender_ = bench_.appender(store_, options_);
    return *appender_;
  }
  void restart() {
    appender_ = nullptr;
    appender();
  }
  const Note& note(const std::string& key) {
    held_ = appender().state()->state.notes.find(key);
    return *held_;
  }
  std::vector<platform::RecordedEvent> log() {
    return std::get<0>(store_.read(1, platform::kSliceMax));
  }

  platform::AppenderOptions options_;
  Workbench bench_;
  platform::MemoryEventStore store_;

 private:
  std::unique_ptr<Appender> appender_;
  std::promise<void> gate_;
  std::future<Outcome> gate_passed_;
  std::shared_ptr<const Note> held_;
};

// `Committed` of these positions.
inline void expect_committed(const Outcome& outcome, std::uint64_t first, std::uint64_t last,
                             bool retried = false) {
  const auto* committed = std::get_if<Committed>(&outcome);
  ASSERT_NE(committed, nullptr) << "alternative " << outcome.index();
  EXPECT_EQ(committed->first_position, first);
  EXPECT_EQ(committed->last_position, last);
  EXPECT_EQ(committed->retried, retried);
  EXPECT_GE(committed->state->head.position, last);
}

inline void expect_failure(const Outcome& outcome, platform::CommandFailure failure) {
  ASSERT_TRUE(std::holds_alternative<platform::CommandFailure>(outcome)) << outcome.index();
  EXPECT_EQ(std::get<platform::CommandFailure>(outcome), failure);
}

}  // namespace kkr::notebook
