// Everything that sends for one region: its table, what makes sends of the log's facts, what sends
// them, and what erases letters when their time is up. Works while this process leads the log.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "services/notification/sending/carrier.h"
#include "services/notification/sending/dispatcher.h"
#include "services/notification/sending/letter_desk.h"
#include "services/notification/sending/send_table.h"
#include "services/notification/sending/sender.h"
#include "services/platform/settlement/errands.h"

namespace kkr::notification {

class Outbox final : public platform::Errands {
 public:
  struct Ports {
    std::string name;  // Of the log, `notification/{region}`.
    platform::EventStore& log;
    platform::EventTail& tail;
    platform::Clock& clock;
    platform::WorkerPool& dispatching;  // Work in short pieces.
    platform::WorkerPool& sending;      // Blocks while a message is handed over.
    Carrier& carrier;
    std::function<Dispatch(const platform::RecordedEvent&)> interpret;
    std::function<absl::Duration()> retention;  // Of letters, after their send has ended.
  };

  // Make it when the log is opened, before anything can be recorded in it.
  Outbox(std::unique_ptr<SendTable> table, std::unique_ptr<LetterDesk> desk, Ports ports,
         const SenderOptions& options);
  // Like stop().
  ~Outbox() override;

  // Begins to work, for the first time or again.
  void start();
  // Returns when no message is on its way and nothing more will be begun. The table stays readable.
  void stop();

  SendTable& table() { return *table_; }
  // There may be something to send that no fact tells of, such as a send that was mended.
  void wake();

  std::optional<absl::Time> next_due() const override;
  void when_rested(absl::Time instant, std::function<void()> rested) override;

 private:
  // Everything that runs, from one start to the next stop.
  struct Work;
  struct Waiting {
    absl::Time instant;
    std::function<void()> rested;
  };

  bool forget(const std::string& person);
  bool erase(const std::vector<KeptLetter>& letters, bool thoroughly);
  std::shared_ptr<Work> work() const;
  void retire(Work& work);
  void tell_rested();

  const Ports ports_;
  const std::unique_ptr<SendTable> table_;
  const std::unique_ptr<LetterDesk> desk_;
  const SenderOptions options_;
  const bool log_was_new_;
  mutable std::mutex mutex_;  // Guards what follows.
  std::vector<Waiting> waiting_;
  std::shared_ptr<Work> work_;  // Null while another process does it.
};

}  // namespace kkr::notification
