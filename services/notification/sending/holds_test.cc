#include "services/notification/sending/holds.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace kkr::notification {
namespace {

const platform::LocalDate kToday(2013, 3, 5);

bool holds_for(const std::string& occasion, const std::string& round, const std::string& invitee) {
  Circumstances now;
  const auto parse = [](const std::string& text, auto& message) {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  };
  parse("deadline_date: '2013-03-19' occasion: OCCASION_" + occasion, now.notice);
  parse("state: STATE_" + round, now.round.emplace());
  parse(invitee, now.invitee.emplace());
  return holds(now, kToday);
}

TEST(Holds, AsksForWhatTheOccasionIsAbout) {
  const std::string open = "deadline_date: '2013-03-19' answer_state: ANSWER_STATE_";
  const std::string later =
      "deadline_date: '2013-04-02' extended: true answer_state: ANSWER_STATE_";
  const std::string over = "deadline_date: '2013-03-04' answer_state: ANSWER_STATE_NOT_ANSWERED";
  const struct {
    const char* occasion;
    const char* round;
    std::string invitee;
    bool holds;
  } rows[] = {
      {"REMINDER", "OPEN", open + "NOT_ANSWERED", true},
      {"REMINDER", "OPEN", open + "DRAFT", true},
      {"REMINDER", "OPEN", open + "WITHDRAWN", true},
      {"REMINDER", "OPEN", open + "ANSWERED", false},
      {"REMINDER", "OPEN", open + "NO_COMMENTS", false},
      {"REMINDER", "OPEN", open + "DECLINED", false},
      {"REMINDER", "OPEN", later + "NOT_ANSWERED", false},
      {"REMINDER", "OPEN", over, false},
      {"REMINDER", "CLOSED", open + "NOT_ANSWERED", false},
      {"REMINDER", "CANCELLED", open + "NOT_ANSWERED", false},
      {"INVITATION", "OPEN", open + "NOT_ANSWERED", true},
      {"INVITATION", "OPEN", later + "NOT_ANSWERED", true},
      {"INVITATION", "OPEN", over, false},
      {"INVITATION", "CANCELLED", open + "NOT_ANSWERED", false},
      {"EXTENSION_GRANTED", "OPEN", open + "NOT_ANSWERED", false},
      {"ANSWER_RECEIVED", "OPEN", open + "ANSWERED_LATE", true},
      {"ANSWER_RECEIVED", "OPEN", open + "WITHDRAWN", false},
      {"ANSWER_RECEIVED", "CLOSED", open + "ANSWERED", true},
      {"ROUND_CLOSED", "CLOSED", open + "NOT_ANSWERED", true},
      {"ROUND_CLOSED", "COLLECTED", open + "NOT_ANSWERED", true},
      {"ROUND_CLOSED", "OPEN", open + "NOT_ANSWERED", false},
      {"COLLECTION_READY", "COLLECTED", open + "NOT_ANSWERED", true},
      {"COLLECTION_READY", "OPEN", open + "NOT_ANSWERED", false},
      {"ROUND_CANCELLED", "CANCELLED", open + "NOT_ANSWERED", true},
      {"ROUND_CANCELLED", "OPEN", open + "NOT_ANSWERED", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(holds_for(row.occasion, row.round, row.invitee), row.holds)
        << row.occasion << " " << row.round << " " << row.invitee;
  }
}

TEST(Holds, AnExtensionOnlyWhileItIsTheOneThatWasGranted) {
  const std::string extended = "extended: true deadline_date: ";
  EXPECT_TRUE(holds_for("EXTENSION_GRANTED", "OPEN", extended + "'2013-03-19'"));
  EXPECT_FALSE(holds_for("EXTENSION_GRANTED", "OPEN", extended + "'2013-04-02'"));
}

TEST(Holds, NothingForAMunicipalityThatIsNoLongerInvited) {
  Circumstances now;
  now.notice.set_occasion(v1::OCCASION_REMINDER);
  now.round.emplace().set_state(consultation::v1::Round::STATE_OPEN);
  EXPECT_FALSE(holds(now, kToday));
}

TEST(Holds, AnInvoiceUntilItIsPaidAndADunningUnlessItIsDisputed) {
  using financing::v1::Invoice;
  const struct {
    v1::Occasion occasion;
    Invoice::State state;
    bool holds;
  } rows[] = {
      {v1::OCCASION_INVOICE_ISSUED, Invoice::STATE_ISSUED, true},
      {v1::OCCASION_INVOICE_ISSUED, Invoice::STATE_DISPUTED, true},
      {v1::OCCASION_INVOICE_ISSUED, Invoice::STATE_CREDITED, false},
      {v1::OCCASION_INVOICE_ISSUED, Invoice::STATE_PAID, false},
      {v1::OCCASION_DUNNING, Invoice::STATE_PART_PAID, true},
      {v1::OCCASION_DUNNING, Invoice::STATE_DISPUTED, false},
      {v1::OCCASION_DUNNING, Invoice::STATE_PAID, false},
      {v1::OCCASION_DUNNING, Invoice::STATE_CREDITED, false},
  };
  for (const auto& row : rows) {
    Circumstances now;
    now.notice.set_occasion(row.occasion);
    now.invoice.emplace().set_state(row.state);
    EXPECT_EQ(holds(now, kToday), row.holds) << row.occasion << " " << row.state;
  }
}

}  // namespace
}  // namespace kkr::notification
