// What can be asked of the sends.
#include "services/notification/sending/postgres_send_rows.h"
#include "services/notification/sending/postgres_send_statements.h"
#include "services/notification/sending/postgres_send_table.h"

namespace kkr::notification {

using platform::PostgresParameters;
using platform::PostgresRows;
using platform::StoreFailure;

TableResult<std::optional<DispatchedTo>> PostgresSendTable::dispatched_to() {
  auto result = run(kDispatchedTo, keyed());
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const auto& rows = std::get<PostgresRows>(result);
  if (rows.empty()) return std::optional<DispatchedTo>();
  return std::optional<DispatchedTo>(
      {std::string(rows.text(0, 0)), rows.number(0, 1), rows.hash(0, 2)});
}

TableResult<SendTable::Wakes> PostgresSendTable::next_wakes() {
  auto result = run(kWakes, keyed());
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const auto& rows = std::get<PostgresRows>(result);
  Wakes wakes;
  if (!rows.is_null(0, 0)) wakes.machine = instant_in(rows, 0, 0);
  if (!rows.is_null(0, 1)) wakes.site = instant_in(rows, 0, 1);
  return wakes;
}

TableResult<bool> PostgresSendTable::has_untried(absl::Time site_instant) {
  auto result = run(kHasUntried, keyed().number(postgres_micros(site_instant)));
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  return std::get<PostgresRows>(result).flag(0, 0);
}

TableResult<std::optional<absl::Time>> PostgresSendTable::oldest_unsent(absl::Time site_now) {
  auto result = run(kOldestUnsent, keyed().number(postgres_micros(site_now)));
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const auto& rows = std::get<PostgresRows>(result);
  if (rows.is_null(0, 0)) return std::optional<absl::Time>();
  return std::optional(instant_in(rows, 0, 0));
}

TableResult<std::optional<Send>> PostgresSendTable::find(const std::string& id) {
  auto result = run(kFind, keyed().text(id));
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const auto& rows = std::get<PostgresRows>(result);
  if (rows.empty()) return std::optional<Send>();
  return std::optional(read_send(rows, 0));
}

TableResult<std::vector<Transition>> PostgresSendTable::transitions(const std::string& id) {
  auto result = run(kTransitions, keyed().text(id));
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const auto& rows = std::get<PostgresRows>(result);
  std::vector<Transition> all;
  for (int row = 0; row < rows.size(); ++row) {
    all.push_back({state_in(rows, row, 0), std::string(rows.text(row, 1)),
                   static_cast<int>(rows.number(row, 2)), std::string(rows.text(row, 3)),
                   instant_in(rows, row, 4)});
  }
  return all;
}

TableResult<std::vector<Send>> PostgresSendTable::list(const SendFilter& filter,
                                                       std::int64_t before, std::size_t limit) {
  auto parameters = keyed();
  parameters.number(static_cast<std::uint64_t>(before)).text(filter.occasion);
  parameters.text(filter.municipality).text(filter.step).text(filter.channel);
  parameters.text(filter.state ? name_of(*filter.state) : "").flag(filter.gaps_only).number(limit);
  const bool of_subject = !filter.subject.empty();
  if (of_subject) parameters.text(filter.subject);
  auto result = run(of_subject ? kListOfSubject : kList, parameters);
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  return read_sends(std::get<PostgresRows>(result));
}

TableResult<std::vector<Send>> PostgresSendTable::gaps(const std::string& after,
                                                       std::size_t limit) {
  auto result = run(kGaps, keyed().text(after).number(limit));
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  return read_sends(std::get<PostgresRows>(result));
}

TableResult<std::vector<SendCount>> PostgresSendTable::count(const std::string& round) {
  auto result = run(kCount, keyed().text(round));
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const auto& rows = std::get<PostgresRows>(result);
  std::vector<SendCount> counts;
  for (int row = 0; row < rows.size(); ++row)
    counts.push_back({std::string(rows.text(row, 0)), state_in(rows, row, 1), rows.number(row, 2)});
  return counts;
}

TableResult<std::map<std::string, Contacted>> PostgresSendTable::contacted(
    const std::string& round) {
  auto result = run(kContacted, keyed().text(round));
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const auto& rows = std::get<PostgresRows>(result);
  std::map<std::string, Contacted> all;
  for (int row = 0; row < rows.size(); ++row) {
    Contacted& one = all[std::string(rows.text(row, 0))];
    if (!rows.is_null(row, 1)) one.invited_at = instant_in(rows, row, 1);
    one.reminders = static_cast<int>(rows.number(row, 2));
    if (!rows.is_null(row, 3)) one.last_reminded_at = instant_in(rows, row, 3);
  }
  return all;
}

TableResult<std::vector<KeptLetter>> PostgresSendTable::letters(
    const char* sql, const PostgresParameters& parameters) {
  auto result = run(sql, parameters);
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const auto& rows = std::get<PostgresRows>(result);
  std::vector<KeptLetter> letters;
  for (int row = 0; row < rows.size(); ++row)
    letters.push_back(
        {static_cast<std::int64_t>(rows.number(row, 0)), std::string(rows.text(row, 1))});
  return letters;
}

TableResult<std::vector<KeptLetter>> PostgresSendTable::letters_of(const std::string& person) {
  const auto remembered =
      run_all({{kLockForErasing, keyed()}, {kRememberErased, keyed().text(person)}});
  if (const auto* failure = std::get_if<StoreFailure>(&remembered)) return *failure;
  return letters(kLettersOf, keyed().text(person));
}

TableResult<std::vector<KeptLetter>> PostgresSendTable::letters_ended(absl::Time ended_before,
                                                                      std::size_t limit) {
  return letters(kLettersEnded, keyed().number(postgres_micros(ended_before)).number(limit));
}

}  // namespace kkr::notification
