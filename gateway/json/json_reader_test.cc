#include "gateway/json/json_reader.h"

#include <gtest/gtest.h>

namespace kkr::gateway {
namespace {

bool is_json(std::string_view text) {
  JsonReader json(text);
  std::string_view as_written;
  return json.read_raw(as_written) && json.at_end();
}

TEST(JsonReader, AcceptsWhatRfc8259Allows) {
  for (const char* text : {"{}", "[]", " [1, -0.5e+3, \"x\"] ", "{\"a\":{\"b\":[true,false,null]}}",
                           "\"\\u00e6\\n\\\"\"", "0", "-0", "1E9", "\"\xc3\xa6\""})
    EXPECT_TRUE(is_json(text)) << text;
}

TEST(JsonReader, RefusesEverythingElse) {
  for (const char* text :
       {"",          "{",   "[1,]", "{\"a\":1,}", "{a:1}",  "01",      "1.",          ".5",
        "+1",        "1e",  "tru",  "'x'",        "\"\t\"", "\"\\x\"", "\"open",      "[1 2]",
        "{\"a\" 1}", "1 2", "nul",  "-",          "[}",     "{]",      "\"\\u12g4\"", "NaN"})
    EXPECT_FALSE(is_json(text)) << text;
}

TEST(JsonReader, TellsBadUtf8FromBadJson) {
  for (const char* text : {"\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xe6\"",
                           "\"\\ud800\"", "\"\\ud800x\"", "\"\\udc00\"", "\"\xf5\x80\x80\x80\""}) {
    JsonReader json(text);
    std::string_view as_written;
    EXPECT_FALSE(json.read_raw(as_written)) << text;
    EXPECT_EQ(json.fault(), JsonFault::kBadUtf8) << text;
  }
}

TEST(JsonReader, JoinsSurrogatePairs) {
  JsonReader json("\"\\ud83d\\ude00\"");
  std::string decoded;
  ASSERT_EQ(json.peek(), JsonKind::kString);
  ASSERT_TRUE(json.read_string(decoded));
  EXPECT_EQ(decoded, "\xf0\x9f\x98\x80");
}

TEST(JsonReader, StopsAtItsDepth) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_TRUE(is_json(nested(JsonReader::kDepthMax)));
  const std::string deep = nested(JsonReader::kDepthMax + 1);
  JsonReader json(deep);
  std::string_view as_written;
  EXPECT_FALSE(json.read_raw(as_written));
  EXPECT_EQ(json.fault(), JsonFault::kTooDeep);
}

}  // namespace
}  // namespace kkr::gateway
