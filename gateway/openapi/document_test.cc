#include "gateway/openapi/document.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "gateway/openapi/catalog.h"
#include "gateway/openapi/embedded_descriptors.h"
#include "gateway/testing/library.pb.h"

namespace kkr::gateway {
namespace {

using nlohmann::json;

json library_document() {
  return json::parse(*openapi_document({library::v1::Book::descriptor()->file()->service(0)}));
}

TEST(OpenapiDocument, DescribesEveryBinding) {
  const json paths = library_document()["paths"];
  EXPECT_EQ(paths["/v1/shelves/{shelve}/books/{book}"]["get"]["operationId"],
            "LibraryService_GetBook");
  EXPECT_EQ(paths["/v1/archives/{archive}"]["get"]["operationId"], "LibraryService_GetBook2");
  EXPECT_TRUE(paths["/v1/shelves/{shelve}/books"].contains("post"));
  EXPECT_TRUE(
      paths["/v1/shelves/{shelve}/books/{book}/cover"]["post"]["requestBody"]["content"].contains(
          "*/*"));
  EXPECT_TRUE(paths["/v1/shelves/{shelve}/books/{book}:lend"].contains("post"));
}

TEST(OpenapiDocument, TakesParametersFromWhatPathAndBodyLeave) {
  const json parameters =
      library_document()["paths"]["/v1/shelves/{shelve}/books"]["get"]["parameters"];
  std::vector<std::string> names;
  for (const json& parameter : parameters) names.push_back(parameter.value("name", "ref"));
  const std::vector<std::string> expected = {
      "shelve", "pageSize",           "pageToken",        "genres",
      "since",  "author.displayName", "author.birthYear", "available",
      "stars",  "readMask",           "loanPeriod",       "weight",
      "ref"};
  EXPECT_EQ(names, expected);
}

TEST(OpenapiDocument, DescribesMessagesAsTheyAreWritten) {
  const json schemas = library_document()["components"]["schemas"];
  const json& book = schemas["library.Book"];
  EXPECT_EQ(book["required"], json({"title"}));
  EXPECT_EQ(book["properties"]["lendCount"]["type"], "string");
  EXPECT_EQ(book["properties"]["lendCount"]["readOnly"], true);
  EXPECT_EQ(book["properties"]["publishedAt"]["format"], "date-time");
  EXPECT_EQ(book["properties"]["stars"]["type"], "integer");
  EXPECT_EQ(book["properties"]["readers"]["additionalProperties"]["$ref"],
            "#/components/schemas/library.Author");
  EXPECT_EQ(book["additionalProperties"], false);
  EXPECT_FALSE(schemas["library.LendBookRequest"]["properties"].contains("name"))
      << "it stands in the path";
}

TEST(OpenapiDocument, CoversEveryServiceOfThisBuild) {
  const auto catalog = Catalog::create(embedded_descriptors());
  ASSERT_TRUE(catalog.ok()) << catalog.status();
  const auto text = openapi_document((*catalog)->described());
  ASSERT_TRUE(text.ok()) << text.status();
  const json document = json::parse(*text);
  const json& get_round = document["paths"]["/v1/regions/{region}/rounds/{round}"]["get"];
  EXPECT_EQ(get_round["operationId"], "RoundService_GetRound");
  EXPECT_EQ(get_round["summary"], "Returns a round");
  for (const auto& [path, operations] : document["paths"].items())
    for (const auto& [method, operation] : operations.items())
      EXPECT_FALSE(operation["description"].get<std::string>().empty()) << method << " " << path;
}

}  // namespace
}  // namespace kkr::gateway
