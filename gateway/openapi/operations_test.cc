#include "gateway/openapi/operations.h"

#include <gtest/gtest.h>

namespace kkr::gateway {
namespace {

TEST(OpenapiPath, NamesEverySegmentAfterItsCollection) {
  const struct {
    const char* path;
    const char* expected;
  } rows[] = {
      {"/v1/{name=regions/*/rounds/*}:open", "/v1/regions/{region}/rounds/{round}:open"},
      {"/v1/{parent=municipalities/*}/offices", "/v1/municipalities/{municipality}/offices"},
      {"/v1/{name=regions/*/rounds/*/answers/*/draft}",
       "/v1/regions/{region}/rounds/{round}/answers/{answer}/draft"},
      {"/v1/clock", "/v1/clock"},
      {"/v1/{name=archives/**}", "/v1/archives/{archive}"},
      {"/v1/{a}/{b}", "/v1/{v1}/{part}"},
      {"/v1/{name=bodies/*/bodies/*}", "/v1/bodies/{body}/bodies/{body2}"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(openapi_path(*parse_path_template(row.path)), row.expected);
}

}  // namespace
}  // namespace kkr::gateway
