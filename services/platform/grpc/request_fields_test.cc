#include "services/platform/grpc/request_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace kkr::platform {
namespace {

using ::testing::ElementsAre;

TEST(RequestFields, ReturnsWhatIsWellFormed) {
  RequestFields fields;
  EXPECT_THAT(fields.name("name", "regions/{region}/rounds/{round}", "regions/danmark/rounds/r1"),
              ElementsAre("danmark", "r1"));
  EXPECT_EQ(fields.date("from_date", "2013-02-06"), LocalDate(2013, 2, 6));
  EXPECT_EQ(fields.optional_date("to_date", ""), std::nullopt);
  fields.text("reason", "på grund af vejret", {.min = 1, .max = 18});
  fields.id("round_id", "r1");
  EXPECT_EQ(fields.page("rounds", 2000, make_page_token("rounds", "r9")).after, "r9");
  EXPECT_TRUE(fields.ok());
  EXPECT_TRUE(fields.status().ok());
}

TEST(RequestFields, GivesEachFaultItsReason) {
  const struct {
    void (*read)(RequestFields&);
    std::string_view reason;
  } rows[] = {
      {[](auto& f) { f.name("name", "regions/{region}", "regions"); }, "NAME_INVALID"},
      {[](auto& f) { f.id("round_id", "R 1"); }, "ID_INVALID"},
      {[](auto& f) { f.date("day", "2013-02-30"); }, "DATE_INVALID"},
      {[](auto& f) { f.optional_date("day", "tomorrow"); }, "DATE_INVALID"},
      {[](auto& f) { f.text("reason", "", {.min = 1}); }, "TEXT_TOO_SHORT"},
      {[](auto& f) { f.text("reason", "øøø", {.max = 2}); }, "TEXT_TOO_LONG"},
      {[](auto& f) { f.text("reason", "a\nb", {}); }, "TEXT_INVALID"},
      {[](auto& f) { f.page("rounds", -1, ""); }, "PAGE_SIZE_INVALID"},
      {[](auto& f) { f.page("rounds", 0, make_page_token("papers", "p")); }, "PAGE_TOKEN_INVALID"},
  };
  for (const auto& row : rows) {
    RequestFields fields;
    row.read(fields);
    EXPECT_EQ(fields.status().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(reason_of(fields.status()), row.reason);
  }
}

TEST(RequestFields, KeepsAsManyIdsAsTheNameShouldHave) {
  RequestFields fields;
  EXPECT_THAT(fields.name("name", "regions/{region}/rounds/{round}", "?"), ElementsAre("", ""));
}

TEST(RequestFields, NamesEveryFieldAndTheReasonOfTheFirst) {
  RequestFields fields;
  fields.date("deadline_date", "soon");
  fields.text("reason", "", {.min = 1});
  const grpc::Status status = fields.status();
  EXPECT_EQ(status.error_message(),
            "The field 'deadline_date' is not a date of the form YYYY-MM-DD.");
  EXPECT_EQ(reason_of(status), "DATE_INVALID");

  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  google::rpc::BadRequest bad;
  ASSERT_EQ(details.details_size(), 2);
  ASSERT_TRUE(details.details(1).UnpackTo(&bad));
  ASSERT_EQ(bad.field_violations_size(), 2);
  EXPECT_EQ(bad.field_violations(0).field(), "deadline_date");
  EXPECT_EQ(bad.field_violations(1).field(), "reason");
  EXPECT_EQ(bad.field_violations(1).description(), "is missing");
}

}  // namespace
}  // namespace kkr::platform
