#include "services/consultation/domain/round_content.h"

#include <utility>

#include "services/consultation/domain/arguments.h"
#include "services/consultation/domain/question_rules.h"
#include "services/platform/field/field_behavior.h"
#include "services/platform/time/working_days.h"

namespace kkr::consultation {
namespace {

using platform::LocalDate;
using platform::parse_date;

constexpr int kClustersMax = 50;
// Four weeks without holidays.
constexpr int kHearingWorkingDaysMin = 20;

void check(Arguments& arguments, const v1::Invitation& invitation) {
  arguments.must(invitation.clusters_size() <= kClustersMax, "round.invitation.clusters",
                 "at most 50 clusters");
  for (const std::string& cluster : invitation.clusters()) {
    arguments.must(!cluster.empty(), "round.invitation.clusters", "a name");
    arguments.name("round.invitation.clusters", cluster, "clusters");
  }
  arguments.date("round.invitation.as_of_date", invitation.as_of_date());
}

void check(Arguments& arguments, const v1::Meeting& meeting) {
  arguments.text("round.meeting.title", meeting.title(), 0, 300);
  arguments.name("round.meeting.body", meeting.body(), "bodies");
  arguments.date("round.meeting.date", meeting.date());
  arguments.text("round.meeting.place", meeting.place(), 0, 300);
}

v1::Warning warning(v1::Warning::Kind kind, std::string message) {
  v1::Warning warning;
  warning.set_kind(kind);
  warning.set_message(std::move(message));
  return warning;
}

}  // namespace

v1::Round round_content_of(const v1::Round& sent, std::string name) {
  v1::Round content = sent;
  platform::clear_output_only(content);
  content.clear_etag();
  content.set_name(std::move(name));
  return content;
}

std::optional<Refusal> fault_in(const v1::Round& content) {
  Arguments arguments;
  arguments.text("round.title", content.title(), 1, 300);
  arguments.name("round.paper", content.paper(), "papers");
  arguments.must(content.paper().empty() == (content.paper_version() == 0), "round.paper_version",
                 "given with a paper, and only then");
  arguments.text("round.case_number", content.case_number(), 0, 100);
  arguments.text("round.document_number", content.document_number(), 0, 100);
  check_questions(arguments, "round.questions", content.questions());
  check(arguments, content.invitation());
  arguments.date("round.opens_date", content.opens_date());
  arguments.date("round.deadline_date", content.deadline_date());
  check(arguments, content.meeting());
  return arguments.fault();
}

std::vector<v1::Warning> warnings_of(const v1::Round& content, LocalDate today) {
  std::vector<v1::Warning> warnings;
  const auto deadline = parse_date(content.deadline_date());
  if (!deadline) return warnings;
  const LocalDate opens = parse_date(content.opens_date()).value_or(today);
  const int days = platform::working_days_between(opens + 1, *deadline + 1);
  if (days < kHearingWorkingDaysMin) {
    warnings.push_back(warning(
        v1::Warning::KIND_SHORT_HEARING,
        "Only " + std::to_string(days) + " working days lie between opening and deadline."));
    warnings.back().set_working_days(days);
  }
  const auto meeting = parse_date(content.meeting().date());
  if (meeting && *meeting <= *deadline) {
    warnings.push_back(warning(v1::Warning::KIND_MEETING_BEFORE_DEADLINE,
                               "The meeting is not after the deadline."));
  }
  return warnings;
}

}  // namespace kkr::consultation
