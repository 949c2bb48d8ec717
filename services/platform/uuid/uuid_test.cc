#include "services/platform/uuid/uuid.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(NewUuid, IsARandomUuid) {
  const auto uuid = new_uuid();
  EXPECT_NE(uuid, new_uuid());
  ASSERT_EQ(uuid.size(), 36u);
  EXPECT_EQ(uuid[14], '4');
  EXPECT_EQ(uuid[8], '-');
  EXPECT_EQ(uuid[23], '-');
}

}  // namespace
}  // namespace kkr::platform
