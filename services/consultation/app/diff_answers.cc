#include "services/consultation/app/diff_answers.h"

#include <string>
#include <utility>

#include "google/protobuf/util/message_differencer.h"
#include "services/consultation/app/diff_pieces.h"

namespace kkr::consultation {
namespace {

using google::protobuf::util::MessageDifferencer;

v1::QuestionValue value_of(const v1::AnswerBody& body, const std::string& question) {
  for (const v1::QuestionValue& value : body.values()) {
    if (value.question() == question) return value;
  }
  v1::QuestionValue unanswered;
  unanswered.set_question(question);
  return unanswered;
}

// Words with the same fate stand together in one piece.
void compare_texts(const std::string& before, const std::string& after,
                   v1::QuestionChange& change) {
  const auto from = words_of(before);
  const auto to = words_of(after);
  for (const DiffStep& step : diff(from, to)) {
    const std::string_view word =
        step.change == v1::PIECE_CHANGE_REMOVED ? from[step.index] : to[step.index];
    const int last = change.text_size() - 1;
    if (last < 0 || change.text(last).change() != step.change) {
      change.add_text()->set_change(step.change);
    }
    change.mutable_text(change.text_size() - 1)->mutable_text()->append(word);
  }
}

// What makes two rows the same: their cells, told apart by a character no cell may hold.
std::vector<std::string> keys_of(const v1::TableValue& table) {
  std::vector<std::string> keys;
  for (const v1::TableRow& row : table.rows()) {
    std::string& key = keys.emplace_back();
    for (const std::string& cell : row.cells()) key.append(cell).push_back('\x1f');
  }
  return keys;
}

void compare_tables(const v1::TableValue& before, const v1::TableValue& after,
                    v1::QuestionChange& change) {
  const std::vector<std::string> from = keys_of(before);
  const std::vector<std::string> to = keys_of(after);
  for (const DiffStep& step : diff({from.begin(), from.end()}, {to.begin(), to.end()})) {
    const v1::TableValue& table = step.change == v1::PIECE_CHANGE_REMOVED ? before : after;
    v1::RowPiece& piece = *change.add_rows();
    piece.set_change(step.change);
    *piece.mutable_row() = table.rows(static_cast<int>(step.index));
  }
}

}  // namespace

std::vector<v1::QuestionChange> changes_between(const Round& round, const v1::AnswerBody& before,
                                                const v1::AnswerBody& after) {
  std::vector<v1::QuestionChange> changes;
  for (const v1::Question& question : round.content.questions()) {
    v1::QuestionValue from = value_of(before, question.id());
    v1::QuestionValue to = value_of(after, question.id());
    if (MessageDifferencer::Equals(from, to)) continue;
    v1::QuestionChange& change = changes.emplace_back();
    change.set_question(question.id());
    if (question.has_text()) compare_texts(from.text(), to.text(), change);
    if (question.has_table()) compare_tables(from.table(), to.table(), change);
    *change.mutable_before() = std::move(from);
    *change.mutable_after() = std::move(to);
  }
  return changes;
}

}  // namespace kkr::consultation
