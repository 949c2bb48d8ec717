#include "gateway/json/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace kkr::gateway {
namespace {

TEST(JsonWriter, PlacesCommas) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.plain_key("a");
  json.begin_array();
  json.number(std::int64_t{1});
  json.boolean(true);
  json.begin_object();
  json.end_object();
  json.end_array();
  json.key("b\"");
  json.string_of(std::uint64_t{18446744073709551615U});
  json.end_object();
  EXPECT_EQ(out, R"({"a":[1,true,{}],"b\"":"18446744073709551615"})");
}

TEST(JsonWriter, EscapesWhatMustBeEscapedAndReplacesBadUtf8) {
  std::string out;
  append_json_string(out, std::string_view("\xc3\xa6\"\\\n\x01\0\xff!", 9));
  EXPECT_EQ(out, "\"\xc3\xa6\\\"\\\\\\n\\u0001\\u0000\xEF\xBF\xBD!\"");
}

TEST(JsonWriter, WritesRealsShortest) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  json.number(0.1);
  json.number(0.1F);
  json.number(std::nan(""));
  json.number(-std::numeric_limits<double>::infinity());
  json.end_array();
  EXPECT_EQ(out, R"([0.1,0.1,"NaN","-Infinity"])");
}

}  // namespace
}  // namespace kkr::gateway
