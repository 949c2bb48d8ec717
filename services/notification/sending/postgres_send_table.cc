#include "services/notification/sending/postgres_send_table.h"

#include <set>

#include "services/notification/sending/postgres_send_rows.h"
#include "services/notification/sending/postgres_send_statements.h"
#include "services/notification/sending/sends_migrations.h"

namespace kkr::notification {

using platform::PostgresError;
using platform::PostgresParameters;
using platform::PostgresPipeline;
using platform::PostgresPool;
using platform::PostgresRows;
using platform::StoreFailure;

const platform::PostgresMigrations& sends_migrations() {
  static const platform::PostgresMigrations kMigrations{"sends", sends_steps()};
  return kMigrations;
}

PostgresParameters PostgresSendTable::keyed() const {
  PostgresParameters parameters;
  parameters.text(region_);
  return parameters;
}

TableResult<PostgresRows> PostgresSendTable::run(const char* sql,
                                                 const PostgresParameters& parameters) {
  auto taken = pool_.take();
  if (const auto* error = std::get_if<PostgresError>(&taken)) return failure_for(*error);
  auto result = std::get<PostgresPool::Handle>(taken)->run(sql, parameters);
  if (const auto* error = std::get_if<PostgresError>(&result)) return failure_for(*error);
  return std::move(std::get<PostgresRows>(result));
}

TableResult<PostgresSendTable::Rows> PostgresSendTable::run_all(
    std::vector<std::pair<const char*, PostgresParameters>> statements) {
  auto taken = pool_.take();
  if (const auto* error = std::get_if<PostgresError>(&taken)) return failure_for(*error);
  PostgresPipeline pipeline(*std::get<PostgresPool::Handle>(taken));
  pipeline.add("BEGIN");
  for (auto& [sql, parameters] : statements) pipeline.add(sql, std::move(parameters));
  pipeline.add("COMMIT");
  auto result = pipeline.run();
  if (const auto* error = std::get_if<PostgresError>(&result)) return failure_for(*error);
  auto& rows = std::get<Rows>(result);
  rows.erase(rows.begin());
  rows.pop_back();
  return std::move(rows);
}

TableResult<std::size_t> PostgresSendTable::dispatch(const std::vector<Dispatch>& dispatches,
                                                     absl::Time site_now) {
  if (dispatches.empty()) return std::size_t{0};
  std::vector<const PlannedSend*> sends;
  std::set<std::string> ids;  // A fact that comes twice makes its sends once.
  for (const Dispatch& dispatch : dispatches)
    for (const PlannedSend& planned : dispatch.sends)
      if (ids.insert(id_of(region_, planned.key)).second) sends.push_back(&planned);
  const DispatchedTo& to = dispatches.back().to;
  auto planned = keyed();
  add_planned(planned, region_, sends, site_now);
  auto result =
      run_all({{kMarkDispatched, keyed().text(to.generation).number(to.position).hash(to.hash)},
               {kPutIn, std::move(planned)}});
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  return static_cast<std::size_t>(std::get<Rows>(result)[1].touched());
}

TableResult<std::vector<Send>> PostgresSendTable::lease(const LeaseTerms& terms) {
  auto result = run(kLease, keyed()
                                .number(postgres_micros(terms.machine_now))
                                .number(postgres_micros(terms.site_now))
                                .number(terms.sends_max)
                                .text(terms.holder)
                                .number(postgres_micros(terms.expires_at)));
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  return read_sends(std::get<PostgresRows>(result));
}

TableResult<std::size_t> PostgresSendTable::end_leases() {
  auto result = run(kEndLeases, keyed());
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  return static_cast<std::size_t>(std::get<PostgresRows>(result).touched());
}

TableResult<std::vector<std::string>> PostgresSendTable::write_letters(
    const std::string& holder, const std::vector<Written>& letters) {
  auto written = keyed();
  written.text(holder);
  add_letters(written, letters);
  auto result = run_all({{kLockForWriting, keyed()}, {kWriteLetters, std::move(written)}});
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const PostgresRows& rows = std::get<Rows>(result)[1];
  std::vector<std::string> kept;
  for (int row = 0; row < rows.size(); ++row) kept.emplace_back(rows.text(row, 0));
  return kept;
}

TableResult<std::size_t> PostgresSendTable::settle(const std::string& holder,
                                                   const std::vector<Outcome>& outcomes) {
  auto parameters = keyed();
  parameters.text(holder);
  add_outcomes(parameters, outcomes);
  auto result = run(kSettle, parameters);
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  return static_cast<std::size_t>(std::get<PostgresRows>(result).touched());
}

TableResult<std::optional<Send>> PostgresSendTable::retry(const std::string& id,
                                                          absl::Time site_now) {
  auto result = run_all({{kHasten, keyed().text(id)},
                         {kMend, keyed().text(id).number(postgres_micros(site_now))},
                         {kFind, keyed().text(id)}});
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  const PostgresRows& rows = std::get<Rows>(result)[2];
  if (rows.empty()) return std::optional<Send>();
  return std::optional(read_send(rows, 0));
}

TableResult<std::monostate> PostgresSendTable::erase(const std::vector<KeptLetter>& letters,
                                                     bool thoroughly) {
  if (letters.empty()) return std::monostate{};
  std::vector<std::uint64_t> numbers;
  for (const KeptLetter& letter : letters)
    numbers.push_back(static_cast<std::uint64_t>(letter.number));
  auto result = run_all(
      {{kEmptyLetters, keyed().numbers(numbers)}, {kEmptyDetails, keyed().numbers(numbers)}});
  if (const auto* failure = std::get_if<StoreFailure>(&result)) return *failure;
  // An emptied row leaves its old version behind until the table is cleaned. A cleaned page may
  // still hold remnants between its rows; only a table written anew is certain to hold none.
  auto taken = pool_.take();
  if (const auto* error = std::get_if<PostgresError>(&taken)) return failure_for(*error);
  auto& connection = *std::get<PostgresPool::Handle>(taken);
  for (const std::string table : {"sends", "transitions"}) {
    const auto error = connection.execute((thoroughly ? "VACUUM FULL " : "VACUUM ") + table);
    if (error) return failure_for(*error);
  }
  return std::monostate{};
}

}  // namespace kkr::notification
