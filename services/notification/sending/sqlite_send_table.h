// The sends of a region in an SQLite file of their own, held by one process. Keeps to the settings
// of platform's SqliteConnection: one connection, WAL, synchronous=FULL, secure_delete.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "services/notification/sending/send_table.h"
#include "services/platform/event_store/sqlite_connection.h"

namespace kkr::notification {

struct SqliteSendTableOptions {
  std::string path;
  std::string log;  // `notification/{region}`; a file of another log is not opened.
  bool demo = false;
  std::string vfs{};
};

class SqliteSendTable final : public SendTable {
 public:
  // Creates the file when it is missing.
  static std::variant<std::unique_ptr<SqliteSendTable>, platform::SqliteError> open(
      SqliteSendTableOptions options);
  ~SqliteSendTable() override;

  const std::string& path() const { return options_.path; }

  TableResult<std::optional<DispatchedTo>> dispatched_to() override;
  TableResult<std::size_t> dispatch(const std::vector<Dispatch>& dispatches,
                                    absl::Time site_now) override;
  TableResult<std::vector<Send>> lease(const LeaseTerms& terms) override;
  TableResult<std::size_t> end_leases() override;
  TableResult<std::vector<std::string>> write_letters(const std::string& holder,
                                                      const std::vector<Written>& letters) override;
  TableResult<std::size_t> settle(const std::string& holder,
                                  const std::vector<Outcome>& outcomes) override;
  TableResult<Wakes> next_wakes() override;
  TableResult<bool> has_untried(absl::Time site_instant) override;
  TableResult<std::optional<absl::Time>> oldest_unsent(absl::Time site_now) override;
  TableResult<std::optional<Send>> retry(const std::string& id, absl::Time site_now) override;
  TableResult<std::optional<Send>> find(const std::string& id) override;
  TableResult<std::vector<Transition>> transitions(const std::string& id) override;
  TableResult<std::vector<Send>> list(const SendFilter& filter, std::int64_t before,
                                      std::size_t limit) override;
  TableResult<std::vector<Send>> gaps(const std::string& after, std::size_t limit) override;
  TableResult<std::vector<SendCount>> count(const std::string& round) override;
  TableResult<std::map<std::string, Contacted>> contacted(const std::string& round) override;
  TableResult<std::vector<KeptLetter>> letters_of(const std::string& person) override;
  TableResult<std::vector<KeptLetter>> letters_ended(absl::Time ended_before,
                                                     std::size_t limit) override;
  TableResult<std::monostate> erase(const std::vector<KeptLetter>& letters,
                                    bool thoroughly) override;

  // Copies the file as it is at this moment to `path`, which must not exist. Sends wait meanwhile.
  // nullopt, or what went wrong.
  std::optional<std::string> copy_to(const std::string& path);

 private:
  struct Statements;

  SqliteSendTable(SqliteSendTableOptions options, platform::SqliteConnection connection);

  std::optional<platform::SqliteError> prepare_file();
  // Runs `work`, which returns an SQLite code, in a transaction; all of it or nothing.
  template <class Work>
  std::optional<platform::StoreFailure> transact(Work work);
  int put_in(const PlannedSend& planned, absl::Time site_now, std::size_t& added);
  int move(std::int64_t number, const Transition& to);
  TableResult<std::optional<Send>> find_locked(const std::string& id);
  int empty_letter(std::int64_t number);
  void fold_in_when_long();

  const SqliteSendTableOptions options_;
  const std::string region_;
  std::mutex mutex_;  // Guards what follows.
  platform::SqliteConnection connection_;
  std::unique_ptr<Statements> statements_;
  int wal_frames_ = 0;
};

}  // namespace kkr::notification
