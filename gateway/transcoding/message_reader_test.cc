#include "gateway/transcoding/message_reader.h"

#include <gtest/gtest.h>

#include "gateway/testing/library.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"

namespace kkr::gateway {
namespace {

using google::protobuf::TextFormat;
using google::protobuf::util::MessageDifferencer;
using library::v1::Book;
using library::v1::ListBooksRequest;

template <typename Message>
Message from_text(const char* text) {
  Message message;
  EXPECT_TRUE(TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

TEST(ReadJson, FillsEveryKindOfField) {
  const struct {
    const char* json;
    const char* expected;
  } rows[] = {
      {R"({})", ""},
      {R"({"title": "Å\n", "pageCount": 12})", R"(title: "\303\205\n" page_count: 12)"},
      {R"({"page_count": "12", "copies": 1.0, "serial": "18446744073709551615"})",
       "page_count: 12 copies: 1 serial: 18446744073709551615"},
      {R"({"lendCount": -9223372036854775808})", "lend_count: -9223372036854775808"},
      {R"({"pageCount": 1e3, "weight": 2, "height": "NaN"})",
       "page_count: 1000 weight: 2 height: nan"},
      {R"({"genre": "GENRE_NOVEL"})", "genre: GENRE_NOVEL"},
      {R"({"genre": 2, "genres": ["GENRE_NOVEL", 2]})",
       "genre: GENRE_REPORT genres: GENRE_NOVEL genres: GENRE_REPORT"},
      {R"({"available": true, "tags": ["a", "b"]})", R"(available: true tags: "a" tags: "b")"},
      {R"({"thumbnail": "-_8="})", R"(thumbnail: "\373\377")"},
      {R"({"author": {"displayName": "Ida"}, "coAuthors": [{}, {"birthYear": 1950}]})",
       R"(author { display_name: "Ida" } co_authors {} co_authors { birth_year: 1950 })"},
      {R"({"publishedAt": "2013-02-06T10:00:00+01:00"})", "published_at { seconds: 1360141200 }"},
      {R"({"loanPeriod": "3.5s"})", "loan_period { seconds: 3 nanos: 500000000 }"},
      {R"({"remark": "", "stars": 0})", R"(remark: "" stars {})"},
      {R"({"translations": {"en": "x", "da": "y"}, "readers": {"7": {"birthYear": 1}}})",
       R"(translations { key: "da" value: "y" } translations { key: "en" value: "x" }
          readers { key: 7 value { birth_year: 1 } })"},
      {R"({"shelfMark": "K1"})", R"(shelf_mark: "K1")"},
      {R"({"title": null, "author": null, "tags": null})", ""},
      {R"({"extras": {"a": [1, null]}})",
       R"(extras { fields { key: "a" value { list_value { values { number_value: 1 }
          values { null_value: NULL_VALUE } } } } })"},
  };
  for (const auto& row : rows) {
    Book book;
    const auto violation = read_json(row.json, book);
    ASSERT_FALSE(violation) << row.json << ": " << violation->field << violation->description;
    const auto expected = from_text<Book>(row.expected);
    MessageDifferencer differencer;
    google::protobuf::util::DefaultFieldComparator comparator;
    comparator.set_treat_nan_as_equal(true);
    differencer.set_field_comparator(&comparator);
    EXPECT_TRUE(differencer.Compare(book, expected)) << row.json << "\n" << book.DebugString();
  }
}

TEST(ReadJson, RefusesWithThePathOfTheField) {
  const struct {
    const char* json;
    const char* field;
    const char* reason;
  } rows[] = {
      {R"({"titel": 1})", "titel", "UNKNOWN_FIELD"},
      {R"({"coAuthors": [{}, {"nam": 1}]})", "coAuthors[1].nam", "UNKNOWN_FIELD"},
      {R"({"title": "a", "title": "b"})", "title", "DUPLICATE_FIELD"},
      {R"({"pageCount": 1, "page_count": 1})", "page_count", "DUPLICATE_FIELD"},
      {R"({"translations": {"a": "1", "a": "2"}})", "translations.a", "DUPLICATE_FIELD"},
      {R"({"title": 1})", "title", "WRONG_TYPE"},
      {R"({"title": ["a"]})", "title", "WRONG_TYPE"},
      {R"({"author": "Ida"})", "author", "WRONG_TYPE"},
      {R"({"author": []})", "author", "WRONG_TYPE"},
      {R"({"tags": "a"})", "tags", "WRONG_TYPE"},
      {R"({"tags": ["a", null]})", "tags[1]", "WRONG_TYPE"},
      {R"({"tags": ["a", 2]})", "tags[1]", "WRONG_TYPE"},
      {R"({"pageCount": "x"})", "pageCount", "WRONG_TYPE"},
      {R"({"pageCount": " 1"})", "pageCount", "WRONG_TYPE"},
      {R"({"pageCount": ""})", "pageCount", "WRONG_TYPE"},
      {R"({"pageCount": 1.5})", "pageCount", "WRONG_TYPE"},
      {R"({"pageCount": true})", "pageCount", "WRONG_TYPE"},
      {R"({"pageCount": 2147483648})", "pageCount", "OUT_OF_RANGE"},
      {R"({"copies": -1})", "copies", "OUT_OF_RANGE"},
      {R"({"serial": 18446744073709551616})", "serial", "OUT_OF_RANGE"},
      {R"({"serial": 1e300})", "serial", "OUT_OF_RANGE"},
      {R"({"height": 1e39})", "height", "OUT_OF_RANGE"},
      {R"({"weight": "inf"})", "weight", "WRONG_TYPE"},
      {R"({"available": "true"})", "available", "WRONG_TYPE"},
      {R"({"available": 1})", "available", "WRONG_TYPE"},
      {R"({"genre": "NOVEL"})", "genre", "UNKNOWN_ENUM_VALUE"},
      {R"({"genre": 99})", "genre", "UNKNOWN_ENUM_VALUE"},
      {R"({"thumbnail": "*"})", "thumbnail", "WRONG_TYPE"},
      {R"({"publishedAt": "6. februar 2013"})", "publishedAt", "WRONG_TYPE"},
      {R"({"publishedAt": 5})", "publishedAt", "WRONG_TYPE"},
      {R"({"loanPeriod": "3"})", "loanPeriod", "WRONG_TYPE"},
      {R"({"shelfMark": "a", "borrower": {}})", "borrower", "ONEOF_CONFLICT"},
      {R"({"readers": {"x": {}}})", "readers.x", "WRONG_TYPE"},
      {R"({"author": {"displayName": "x")", "author", "MALFORMED_JSON"},
      {R"([])", "", "WRONG_TYPE"},
      {R"({} {})", "", "MALFORMED_JSON"},
      {"{\"title\": \"\xff\"}", "title", "BAD_UTF8"},
      {"{\"\xff\": 1}", "", "BAD_UTF8"},
  };
  for (const auto& row : rows) {
    Book book;
    const auto violation = read_json(row.json, book);
    ASSERT_TRUE(violation) << row.json;
    EXPECT_EQ(violation->field, row.field) << row.json;
    EXPECT_EQ(violation->reason, row.reason) << row.json;
    EXPECT_EQ(violation->description.back(), '.') << violation->description;
  }
}

TEST(ReadJson, RefusesDeepNesting) {
  const std::string json =
      R"({"extras":{"a":)" + std::string(100, '[') + std::string(100, ']') + "}}";
  Book book;
  const auto violation = read_json(json, book);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->reason, "TOO_DEEP");
}

TEST(ReadQuery, FillsFieldsByEitherName) {
  const struct {
    const char* query;
    const char* expected;
  } rows[] = {
      {"", ""},
      {"pageSize=5&page_token=a%20b+c", R"(page_size: 5 page_token: "a b c")"},
      {"genres=GENRE_NOVEL&genres=2", "genres: GENRE_NOVEL genres: GENRE_REPORT"},
      {"author.displayName=Ida&author.birth_year=1950",
       R"(author { display_name: "Ida" birth_year: 1950 })"},
      {"available=true&stars=3&weight=1.5", "available: true stars { value: 3 } weight: 1.5"},
      {"since=2013-02-06T00:00:00Z", "since { seconds: 1360108800 }"},
      {"loanPeriod=1.5s", "loan_period { seconds: 1 nanos: 500000000 }"},
      {"readMask=pageCount,author.displayName",
       R"(read_mask { paths: "page_count" paths: "author.display_name" })"},
      {"read_mask=page_count", R"(read_mask { paths: "page_count" })"},
      {"&&pageSize=1&", "page_size: 1"},
  };
  for (const auto& row : rows) {
    ListBooksRequest request;
    const auto violation = read_query(row.query, {"parent"}, request);
    ASSERT_FALSE(violation) << row.query << ": " << violation->description;
    const auto expected = from_text<ListBooksRequest>(row.expected);
    EXPECT_TRUE(MessageDifferencer::Equals(request, expected)) << request.DebugString();
  }
}

TEST(ReadQuery, RefusesWithTheNameOfTheParameter) {
  const struct {
    const char* query;
    const char* field;
    const char* reason;
  } rows[] = {
      {"size=5", "size", "UNKNOWN_FIELD"},
      {"author.name=x", "author.name", "UNKNOWN_FIELD"},
      {"pageSize.x=1", "pageSize.x", "UNKNOWN_FIELD"},
      {"=1", "", "UNKNOWN_FIELD"},
      {"pageSize=1&page_size=2", "page_size", "DUPLICATE_FIELD"},
      {"pageSize=x", "pageSize", "WRONG_TYPE"},
      {"pageSize", "pageSize", "WRONG_TYPE"},
      {"available=yes", "available", "WRONG_TYPE"},
      {"author=x", "author", "WRONG_TYPE"},
      {"genres=X", "genres", "UNKNOWN_ENUM_VALUE"},
      {"pageSize=99999999999", "pageSize", "OUT_OF_RANGE"},
      {"pageToken=%ff", "pageToken", "BAD_UTF8"},
      {"pageToken=%4", "pageToken", "BAD_UTF8"},
      {"%ff=1", "", "BAD_UTF8"},
      {"parent=shelves/1", "parent", "ALREADY_BOUND"},
      {"since=now", "since", "WRONG_TYPE"},
      {"stars=x", "stars", "WRONG_TYPE"},
  };
  for (const auto& row : rows) {
    ListBooksRequest request;
    const auto violation = read_query(row.query, {"parent"}, request);
    ASSERT_TRUE(violation) << row.query;
    EXPECT_EQ(violation->field, row.field) << row.query;
    EXPECT_EQ(violation->reason, row.reason) << row.query;
  }
}

TEST(ReadPathVariable, MayRepeatTheBodyButNotContradictIt) {
  library::v1::UpdateBookRequest request;
  EXPECT_FALSE(read_path_variable("book.name", "shelves/1/books/2", request));
  EXPECT_EQ(request.book().name(), "shelves/1/books/2");
  EXPECT_FALSE(read_path_variable("book.name", "shelves/1/books/2", request));
  const auto violation = read_path_variable("book.name", "shelves/1/books/3", request);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->reason, "PATH_MISMATCH");
}

}  // namespace
}  // namespace kkr::gateway
