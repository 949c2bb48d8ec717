// Everything that sends for one region: its table, what makes sends of the log's facts, what sends
// them, and what erases letters when their time is up. Stops before the log it reads.
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
#include "services/notification/sending/sender.h"
#include "services/notification/sending/sqlite_send_table.h"
#include "services/platform/settlement/errands.h"

namespace kkr::notification {

class Outbox final : public platform::Errands {
 public:
  struct Ports {
    platform::EventStore& log;
    platform::EventTail& tail;
    platform::Clock& clock;
    platform::WorkerPool& dispatching;  // Work in short pieces.
    platform::WorkerPool& sending;      // Blocks while a message is handed over.
    Carrier& carrier;
    std::function<Dispatch(const platform::RecordedEvent&)> interpret;
    std::function<absl::Duration()> retention;  // Of letters, after their send has ended.
  };

  Outbox(std::unique_ptr<SqliteSendTable> table, std::unique_ptr<LetterDesk> desk, Ports ports,
         const SenderOptions& options);
  // Like stop().
  ~Outbox() override;

  void start();
  // Returns when no message is on its way and nothing more will be begun.
  void stop();

  SqliteSendTable& table() { return *table_; }
  // There may be something to send that no fact tells of, such as a send that was mended.
  void wake() { sender_.wake(); }

  std::optional<absl::Time> next_due() const override;
  void when_rested(absl::Time instant, std::function<void()> rested) override;

 private:
  struct Waiting {
    absl::Time instant;
    std::function<void()> rested;
  };

  bool forget(const std::string& person);
  bool erase(const std::vector<KeptLetter>& letters, bool thoroughly);
  void retire();
  void tell_rested();

  const Ports ports_;
  const std::unique_ptr<SqliteSendTable> table_;
  const std::unique_ptr<LetterDesk> desk_;
  std::mutex mutex_;
  std::vector<Waiting> waiting_;
  Sender sender_;
  Dispatcher dispatcher_;
  platform::SerialTask retiring_;
  std::unique_ptr<platform::Alarm> next_retiring_;
};

}  // namespace kkr::notification
