// What can be asked of the sends.
#include "services/notification/sending/sqlite_send_statements.h"

namespace kkr::notification {

TableResult<std::optional<DispatchedTo>> SqliteSendTable::dispatched_to() {
  const std::lock_guard lock(mutex_);
  auto row = statements_->dispatched();
  std::optional<DispatchedTo> to;
  if (row.next()) to = {std::string(row.text(0)), row.number(1), row.hash(2)};
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return to;
}

TableResult<SendTable::Wakes> SqliteSendTable::next_wakes() {
  const std::lock_guard lock(mutex_);
  Wakes wakes;
  auto row = statements_->wakes();
  if (row.next()) {
    if (!row.is_null(0)) wakes.machine = instant(row.number(0));
    if (!row.is_null(1)) wakes.site = instant(row.number(1));
  }
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return wakes;
}

TableResult<bool> SqliteSendTable::has_untried(absl::Time site_instant) {
  const std::lock_guard lock(mutex_);
  auto row = statements_->untried(micros(site_instant));
  const bool untried = row.next() && row.number(0) != 0;
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return untried;
}

TableResult<std::optional<absl::Time>> SqliteSendTable::oldest_unsent(absl::Time site_now) {
  const std::lock_guard lock(mutex_);
  std::optional<absl::Time> oldest;
  auto row = statements_->unsent(micros(site_now));
  if (row.next() && !row.is_null(0)) oldest = instant(row.number(0));
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return oldest;
}

TableResult<std::optional<Send>> SqliteSendTable::find(const std::string& id) {
  const std::lock_guard lock(mutex_);
  return find_locked(id);
}

TableResult<std::optional<Send>> SqliteSendTable::find_locked(const std::string& id) {
  auto row = statements_->find(id);
  std::optional<Send> send;
  if (row.next()) send = read_send(row);
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return send;
}

TableResult<std::vector<Transition>> SqliteSendTable::transitions(const std::string& id) {
  const std::lock_guard lock(mutex_);
  auto row = statements_->transitions(id);
  std::vector<Transition> all;
  while (row.next()) {
    all.push_back({state_in(row, 0), std::string(row.text(1)), static_cast<int>(row.number(2)),
                   std::string(row.text(3)), instant(row.number(4))});
  }
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return all;
}

TableResult<std::vector<Send>> SqliteSendTable::list(const SendFilter& filter, std::int64_t before,
                                                     std::size_t limit) {
  const std::lock_guard lock(mutex_);
  auto query = list_query(connection_, filter);
  std::vector<Send> sends;
  const std::string_view state = filter.state ? name_of(*filter.state) : std::string_view();
  auto row = query(filter.occasion, filter.subject, filter.municipality, filter.step,
                   filter.channel, state, static_cast<std::uint64_t>(before), std::uint64_t{limit});
  while (row.next()) sends.push_back(read_send(row));
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return sends;
}

TableResult<std::vector<Send>> SqliteSendTable::gaps(const std::string& after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<Send> sends;
  auto row = statements_->gaps(after, std::uint64_t{limit});
  while (row.next()) sends.push_back(read_send(row));
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return sends;
}

TableResult<std::vector<SendCount>> SqliteSendTable::count(const std::string& round) {
  const std::lock_guard lock(mutex_);
  auto row = statements_->count(round);
  std::vector<SendCount> counts;
  while (row.next()) {
    counts.push_back({std::string(row.text(0)), state_in(row, 1), row.number(2)});
  }
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return counts;
}

TableResult<std::map<std::string, Contacted>> SqliteSendTable::contacted(const std::string& round) {
  const std::lock_guard lock(mutex_);
  auto row = statements_->contacted(round);
  std::map<std::string, Contacted> all;
  while (row.next()) {
    Contacted& one = all[std::string(row.text(0))];
    if (!row.is_null(1)) one.invited_at = instant(row.number(1));
    one.reminders = static_cast<int>(row.number(2));
    if (!row.is_null(3)) one.last_reminded_at = instant(row.number(3));
  }
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return all;
}

namespace {

TableResult<std::vector<KeptLetter>> letters_in(platform::Query row) {
  std::vector<KeptLetter> letters;
  while (row.next())
    letters.push_back({static_cast<std::int64_t>(row.number(0)), std::string(row.text(1))});
  if (row.code() != SQLITE_OK) return platform::failure_for(row.code());
  return letters;
}

}  // namespace

TableResult<std::vector<KeptLetter>> SqliteSendTable::letters_of(const std::string& person) {
  const std::lock_guard lock(mutex_);
  const int code = statements_->remember_erased(person).run();
  if (code != SQLITE_OK) return platform::failure_for(code);
  return letters_in(statements_->of_person(person));
}

TableResult<std::vector<KeptLetter>> SqliteSendTable::letters_ended(absl::Time ended_before,
                                                                    std::size_t limit) {
  const std::lock_guard lock(mutex_);
  return letters_in(statements_->ended(micros(ended_before), std::uint64_t{limit}));
}

}  // namespace kkr::notification
