#include "gateway/transcoding/message_writer.h"

#include <gtest/gtest.h>

#include "gateway/testing/library.pb.h"
#include "gateway/transcoding/message_reader.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"

namespace kkr::gateway {
namespace {

using google::protobuf::TextFormat;
using library::v1::Book;

std::string to_json(const google::protobuf::Message& message) {
  std::string text;
  JsonWriter json(text);
  write_message(message, json);
  return text;
}

constexpr const char* kFullBook = R"(
    name: "n" title: "\303\206" author { display_name: "Ida" } co_authors {} genre: GENRE_NOVEL
    tags: "a" page_count: 12 lend_count: 9007199254740993 copies: 4294967295
    serial: 18446744073709551615 weight: 0.1 height: 0.1 available: true thumbnail: "\373\377"
    published_at { seconds: 1360141200 nanos: 500000000 } loan_period { seconds: 3 } remark: ""
    stars { value: 0 } translations { key: "en" value: "x" } translations { key: "da" value: "y" }
    readers { key: -7 value { birth_year: 1 } } borrower {} genres: GENRE_REPORT
    extras { fields { key: "a" value { bool_value: true } } })";

constexpr const char* kFullJson =
    "{\"name\":\"n\",\"title\":\"\xc3\x86\",\"author\":{\"displayName\":\"Ida\",\"birthYear\":0},"
    "\"coAuthors\":[{\"displayName\":\"\",\"birthYear\":0}],\"genre\":\"GENRE_NOVEL\","
    "\"tags\":[\"a\"],\"pageCount\":12,\"lendCount\":\"9007199254740993\",\"copies\":4294967295,"
    "\"serial\":\"18446744073709551615\",\"weight\":0.1,\"height\":0.1,\"available\":true,"
    "\"thumbnail\":\"+/8=\",\"publishedAt\":\"2013-02-06T09:00:00.500Z\",\"loanPeriod\":\"3s\","
    "\"remark\":\"\",\"stars\":0,\"translations\":{\"da\":\"y\",\"en\":\"x\"},"
    "\"readers\":{\"-7\":{\"displayName\":\"\",\"birthYear\":1}},"
    "\"borrower\":{\"displayName\":\"\",\"birthYear\":0},\"extras\":{\"a\":true},"
    "\"genres\":[\"GENRE_REPORT\"]}";

TEST(WriteMessage, PrintsEveryKindOfField) {
  Book book;
  ASSERT_TRUE(TextFormat::ParseFromString(kFullBook, &book));
  EXPECT_EQ(to_json(book), kFullJson);
}

TEST(WriteMessage, PrintsDefaultsButNotAbsence) {
  EXPECT_EQ(to_json(Book()),
            R"({"name":"","title":"","coAuthors":[],"genre":"GENRE_UNSPECIFIED","tags":[],)"
            R"("pageCount":0,"lendCount":"0","copies":0,"serial":"0","weight":0,"height":0,)"
            R"("available":false,"thumbnail":"","translations":{},"readers":{},"genres":[]})");
}

TEST(WriteMessage, IsReadBackAsTheSameMessage) {
  Book book;
  ASSERT_TRUE(TextFormat::ParseFromString(kFullBook, &book));
  Book back;
  const auto violation = read_json(to_json(book), back);
  ASSERT_FALSE(violation) << violation->field << " " << violation->description;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(book, back));
}

TEST(WriteMessage, TreatsDynamicMessagesAlike) {
  google::protobuf::DynamicMessageFactory factory;
  const std::unique_ptr<google::protobuf::Message> book(
      factory.GetPrototype(Book::descriptor())->New());
  ASSERT_TRUE(TextFormat::ParseFromString(kFullBook, book.get()));
  EXPECT_EQ(to_json(*book), kFullJson);
}

TEST(WriteMessage, IsTotal) {
  Book book;
  book.mutable_published_at()->set_seconds(1LL << 60U);
  book.set_genre(static_cast<library::v1::Genre>(77));
  const std::string text = to_json(book);
  EXPECT_NE(text.find(R"("publishedAt":null)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("genre":77)"), std::string::npos) << text;
}

}  // namespace
}  // namespace kkr::gateway
