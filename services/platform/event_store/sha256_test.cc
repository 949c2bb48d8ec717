#include "services/platform/event_store/sha256.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(Sha256, IsThePlainDigestOfWhatWasAddedAsBytes) {
  EXPECT_EQ(to_hex(sha256_of("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256().bytes("a").bytes("bc").finish(), sha256_of("abc"));
}

TEST(Sha256, TellsRowsApartWhoseFieldsJoinToTheSameText) {
  EXPECT_NE(Sha256().field("ab").field("c").finish(), Sha256().field("a").field("bc").finish());
  EXPECT_NE(Sha256().field("").field("a").finish(), Sha256().field("a").field("").finish());
}

TEST(Sha256, StartsAfreshAfterFinish) {
  Sha256 sha256;
  sha256.bytes("first").finish();
  EXPECT_EQ(sha256.bytes("abc").finish(), sha256_of("abc"));
}

TEST(Hex, GoesBothWaysAndRefusesEverythingElse) {
  const Hash hash = sha256_of("abc");
  Hash read{};
  EXPECT_TRUE(from_hex(to_hex(hash), read));
  EXPECT_EQ(read, hash);
  for (const auto& wrong : {to_hex(hash).substr(1), to_hex(hash) + "0", std::string(64, 'g')})
    EXPECT_FALSE(from_hex(wrong, read)) << wrong;
  EXPECT_EQ(read, hash);
}

}  // namespace
}  // namespace kkr::platform
