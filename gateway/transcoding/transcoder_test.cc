#include "gateway/transcoding/transcoder.h"

#include <gtest/gtest.h>

#include "gateway/testing/library.pb.h"
#include "google/protobuf/text_format.h"

namespace kkr::gateway {
namespace {

using google::protobuf::MessageFactory;
using google::protobuf::TextFormat;

class TranscoderTest : public ::testing::Test {
 protected:
  // The request as text, or the reason and field of what is wrong with it.
  std::string read(std::string_view method, std::string_view path, const Payload& payload) const {
    const auto match = transcoder_.match(method, path);
    if (match.outcome != RouteMatch::Outcome::kFound) return "no route";
    const auto& binding = transcoder_.bindings()[match.route];
    const auto request = transcoder_.read_request(binding, match, payload);
    if (const auto* violation = std::get_if<Violation>(&request))
      return violation->reason + " " + violation->field;
    std::string text;
    TextFormat::Printer printer;
    printer.SetSingleLineMode(true);
    printer.PrintToString(*std::get<MessagePtr>(request), &text);
    return text.substr(0, text.find_last_not_of(' ') + 1);
  }

  Transcoder transcoder_ = *Transcoder::create(
      {library::v1::Book::descriptor()->file()->service(0)}, *MessageFactory::generated_factory());
};

TEST_F(TranscoderTest, BuildsTheRequestOfEveryShape) {
  const struct {
    const char* method;
    const char* path;
    Payload payload;
    const char* expected;
  } rows[] = {
      {"GET", "/v1/shelves/1/books/2", {}, R"(name: "shelves/1/books/2")"},
      {"HEAD", "/v1/shelves/1/books/2", {}, R"(name: "shelves/1/books/2")"},
      {"GET", "/v1/archives/a/b", {}, R"(name: "archives/a/b")"},
      {"GET", "/v1/shelves/1/books", {"pageSize=2", "", ""}, R"(parent: "shelves/1" page_size: 2)"},
      {"POST",
       "/v1/shelves/1/books",
       {"bookId=7", "application/json", R"({"title": "x"})"},
       R"(parent: "shelves/1" book { title: "x" } book_id: "7")"},
      {"PATCH",
       "/v1/shelves/1/books/2",
       {"updateMask=title", "", R"({"title": "x"})"},
       R"(book { name: "shelves/1/books/2" title: "x" } update_mask { paths: "title" })"},
      {"POST",
       "/v1/shelves/1/books/2:lend",
       {"", "application/json; charset=utf-8", R"({"reader": "r"})"},
       R"(name: "shelves/1/books/2" reader: "r")"},
      {"POST", "/v1/shelves/1/books/2:lend", {}, R"(name: "shelves/1/books/2")"},
      {"POST",
       "/v1/shelves/1/books/2/cover",
       {"caption=c", "image/png", "\x89PNG"},
       R"(name: "shelves/1/books/2" file { content_type: "image/png" data: "\211PNG" })"
       R"( caption: "c")"},
  };
  for (const auto& row : rows) EXPECT_EQ(read(row.method, row.path, row.payload), row.expected);
}

TEST_F(TranscoderTest, RefusesWhatDoesNotFit) {
  const struct {
    const char* method;
    const char* path;
    Payload payload;
    const char* expected;
  } rows[] = {
      {"GET", "/v1/shelves/1/books/2", {"", "", "{}"}, "UNEXPECTED_BODY "},
      {"GET", "/v1/shelves/1/books/2", {"name=x", "", ""}, "ALREADY_BOUND name"},
      {"GET", "/v1/shelves/1/books/2", {"alt=json", "", ""}, "UNKNOWN_FIELD alt"},
      {"POST", "/v1/shelves/1/books", {"book.title=x", "", "{}"}, "ALREADY_BOUND book.title"},
      {"POST", "/v1/shelves/1/books", {"", "text/xml", "{}"}, "UNSUPPORTED_MEDIA_TYPE "},
      {"POST", "/v1/shelves/1/books/2:lend", {"reader=r", "", "{}"}, "UNEXPECTED_QUERY "},
      {"POST",
       "/v1/shelves/1/books/2:lend",
       {"", "", R"({"name": "shelves/1/books/3"})"},
       "PATH_MISMATCH name"},
      {"PATCH", "/v1/shelves/1/books/2", {"", "", R"({"name": "x"})"}, "PATH_MISMATCH book.name"},
      {"POST", "/v1/shelves/1/books/2/cover", {"", "image/\xff", "x"}, "BAD_UTF8 Content-Type"},
      {"PUT", "/v1/shelves/1/books/2", {}, "no route"},
  };
  for (const auto& row : rows) EXPECT_EQ(read(row.method, row.path, row.payload), row.expected);
}

TEST_F(TranscoderTest, SendsHttpBodyAsItIs) {
  const auto match = transcoder_.match("GET", "/v1/shelves/1/books/2/cover");
  ASSERT_EQ(match.outcome, RouteMatch::Outcome::kFound);
  const auto& binding = transcoder_.bindings()[match.route];
  const auto reply = transcoder_.new_reply(binding);
  ASSERT_TRUE(
      TextFormat::ParseFromString(R"(content_type: "image/png" data: "\211PNG")", reply.get()));
  const auto rendered = Transcoder::write_reply(binding, *reply);
  EXPECT_EQ(rendered.content_type, "image/png");
  EXPECT_EQ(rendered.body, "\x89PNG");
}

TEST_F(TranscoderTest, RefusesTwoServicesAtTheSamePath) {
  const auto* service = library::v1::Book::descriptor()->file()->service(0);
  EXPECT_FALSE(Transcoder::create({service, service}, *MessageFactory::generated_factory()).ok());
}

}  // namespace
}  // namespace kkr::gateway
