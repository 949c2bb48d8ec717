#include "services/notification/sending/postgres_send_rows.h"

#include <string>
#include <string_view>

namespace kkr::notification {
namespace {

using platform::PostgresParameters;
using platform::PostgresRows;
using Texts = std::vector<std::string_view>;
using Numbers = std::vector<std::uint64_t>;
using Blobs = std::vector<std::optional<std::string_view>>;

std::string text(const PostgresRows& rows, int row, int column) {
  return std::string(rows.text(row, column));
}

}  // namespace

Send read_send(const PostgresRows& rows, int row) {
  const auto at = [&](int column) { return text(rows, row, column); };
  Send send;
  send.number = static_cast<std::int64_t>(rows.number(row, 0));
  send.id = at(1);
  send.planned.key = {at(2), at(3), at(4), at(5)};
  send.planned.municipality = at(6);
  send.planned.due_at = instant_in(rows, row, 7);
  send.planned.facts = at(8);
  send.state = state_in(rows, row, 9);
  send.reason = at(10);
  send.gap = at(11);
  send.changed_at = instant_in(rows, row, 12);
  send.attempts = static_cast<int>(rows.number(row, 13));
  send.message_id = at(14);
  if (!rows.is_null(row, 23))
    send.letter = Letter{at(15), at(16), at(17), at(18), at(19), at(20), at(21), at(22), at(23)};
  send.planned.round = at(24);
  if (send.state == SendState::kDeferred && rows.number(row, 25) > 0)
    send.next_attempt_at = instant_in(rows, row, 25);
  send.code = static_cast<int>(rows.number(row, 26));
  send.detail = at(27);
  return send;
}

std::vector<Send> read_sends(const PostgresRows& rows) {
  std::vector<Send> sends;
  for (int row = 0; row < rows.size(); ++row) sends.push_back(read_send(rows, row));
  return sends;
}

SendState state_in(const PostgresRows& rows, int row, int column) {
  return parse_send_state(rows.text(row, column)).value_or(SendState::kFailed);
}

std::uint64_t postgres_micros(std::optional<absl::Time> instant) {
  return instant ? static_cast<std::uint64_t>(absl::ToUnixMicros(*instant)) : 0;
}

absl::Time instant_in(const PostgresRows& rows, int row, int column) {
  return absl::FromUnixMicros(static_cast<std::int64_t>(rows.number(row, column)));
}

void add_planned(PostgresParameters& parameters, const std::string& region,
                 const std::vector<const PlannedSend*>& sends, absl::Time site_now) {
  std::vector<std::string> made;
  Texts ids, occasions, subjects, recipients, steps, municipalities, rounds, states, reasons;
  Numbers due;
  Blobs facts;
  made.reserve(sends.size());
  for (const PlannedSend* planned : sends) {
    const bool dropped = !planned->dropped_by.empty();
    ids.push_back(made.emplace_back(id_of(region, planned->key)));
    occasions.emplace_back(planned->key.occasion);
    subjects.emplace_back(planned->key.subject);
    recipients.emplace_back(planned->key.recipient);
    steps.emplace_back(planned->key.step);
    municipalities.emplace_back(planned->municipality);
    rounds.emplace_back(planned->round);
    due.push_back(postgres_micros(planned->due_at));
    facts.emplace_back(planned->facts);
    states.push_back(name_of(dropped ? SendState::kDropped : SendState::kPlanned));
    reasons.push_back(dropped ? std::string_view(planned->dropped_by) : reason::kDue);
  }
  parameters.texts(ids).texts(occasions).texts(subjects).texts(recipients).texts(steps);
  parameters.texts(municipalities).texts(rounds).numbers(due).byte_rows(facts);
  parameters.texts(states).texts(reasons).number(postgres_micros(site_now));
}

void add_letters(PostgresParameters& parameters, const std::vector<SendTable::Written>& letters) {
  Texts ids, message_ids, channels, persons, addresses, names, languages, subjects, texts, htmls;
  Blobs messages;
  for (const auto& [id, message_id, letter] : letters) {
    ids.emplace_back(id);
    message_ids.emplace_back(message_id);
    channels.emplace_back(letter.channel);
    persons.emplace_back(letter.person);
    addresses.emplace_back(letter.address);
    names.emplace_back(letter.name);
    languages.emplace_back(letter.language);
    subjects.emplace_back(letter.subject);
    texts.emplace_back(letter.text);
    htmls.emplace_back(letter.html);
    messages.emplace_back(letter.message);
  }
  parameters.texts(ids).texts(message_ids).texts(channels).texts(persons).texts(addresses);
  parameters.texts(names).texts(languages).texts(subjects).texts(texts).texts(htmls);
  parameters.byte_rows(messages);
}

void add_outcomes(PostgresParameters& parameters, const std::vector<Outcome>& outcomes) {
  Texts ids, states, reasons, details, gaps;
  Numbers codes, at, ready, held, still_untried;
  for (const Outcome& outcome : outcomes) {
    ids.emplace_back(outcome.id);
    states.push_back(name_of(outcome.transition.state));
    reasons.emplace_back(outcome.transition.reason);
    codes.push_back(static_cast<std::uint64_t>(outcome.transition.code));
    details.emplace_back(outcome.transition.detail);
    at.push_back(postgres_micros(outcome.transition.at));
    gaps.emplace_back(outcome.gap);
    ready.push_back(postgres_micros(outcome.next_attempt_at));
    held.push_back(postgres_micros(outcome.held_until));
    still_untried.push_back(outcome.tried ? 0 : 1);
  }
  parameters.texts(ids).texts(states).texts(reasons).numbers(codes).texts(details).numbers(at);
  parameters.texts(gaps).numbers(ready).numbers(held).numbers(still_untried);
}

}  // namespace kkr::notification
