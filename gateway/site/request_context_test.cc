#include "gateway/site/request_context.h"

#include <gtest/gtest.h>

#include <map>

namespace kkr::gateway {
namespace {

std::variant<CallContext, Violation> read(const std::map<std::string, std::string>& headers) {
  boost::beast::http::fields fields;
  for (const auto& [name, value] : headers) fields.insert(name, value);
  return read_context({"GET", "/", "", fields, ""});
}

std::string metadata_of(const CallContext& context, const std::string& name) {
  for (const auto& [key, value] : context.metadata)
    if (key == name) return value;
  return "";
}

TEST(ReadContext, PassesOnWhoAsksAndWhatFor) {
  const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const auto context = std::get<CallContext>(read({{"kkr-actor", "S\xc3\xb8ren"},
                                                   {"Accept-Language", "da, en;q=0.5"},
                                                   {"KKR-Min-Position", "registry/danmark/g/7"},
                                                   {"traceparent", trace}}));
  EXPECT_EQ(metadata_of(context, "kkr-actor"), "S%C3%B8ren");
  EXPECT_EQ(metadata_of(context, "accept-language"), "da, en;q=0.5");
  EXPECT_EQ(metadata_of(context, "kkr-min-position"), "registry/danmark/g/7");
  EXPECT_EQ(metadata_of(context, "traceparent").substr(0, 35), trace.substr(0, 35));
}

TEST(ReadContext, MakesATraceWhenThereIsNone) {
  EXPECT_EQ(metadata_of(std::get<CallContext>(read({})), "traceparent").size(), 55U);
}

TEST(ReadContext, ShortensTheDeadlineButNeverLengthensIt) {
  const auto left = [](const std::map<std::string, std::string>& headers) {
    return std::get<CallContext>(read(headers)).deadline - std::chrono::system_clock::now();
  };
  EXPECT_LE(left({{"KKR-Timeout-Ms", "500"}}), std::chrono::milliseconds(501));
  EXPECT_LE(left({{"KKR-Timeout-Ms", "999999"}}), kCallTimeMax + std::chrono::milliseconds(1));
  EXPECT_GT(left({}), kCallTimeMax - std::chrono::seconds(1));
}

TEST(ReadContext, RefusesHeadersItCannotRead) {
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"KKR-Actor", "\xff"},
                                          {"KKR-Timeout-Ms", "soon"},
                                          {"KKR-Timeout-Ms", "0"},
                                          {"Accept-Language", "\xc3\xa6"}}) {
    const auto read_it = read({{name, value}});
    ASSERT_TRUE(std::holds_alternative<Violation>(read_it)) << name;
    EXPECT_EQ(std::get<Violation>(read_it).field, name);
  }
}

}  // namespace
}  // namespace kkr::gateway
