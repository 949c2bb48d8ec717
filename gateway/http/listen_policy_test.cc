#include "gateway/http/listen_policy.h"

#include <gtest/gtest.h>

namespace kkr::gateway::http {
namespace {

TEST(RefusalToListen, LetsLoopbackBe) {
  EXPECT_FALSE(refusal_to_listen("127.0.0.1", false));
  EXPECT_FALSE(refusal_to_listen("127.9.9.9", false));
  EXPECT_FALSE(refusal_to_listen("::1", false));
}

TEST(RefusalToListen, WantsAProxyBeforeEveryOtherAddress) {
  for (const char* address : {"0.0.0.0", "::", "10.0.0.1", "192.0.2.7"}) {
    const auto sentence = refusal_to_listen(address, false);
    ASSERT_TRUE(sentence) << address;
    EXPECT_NE(sentence->find("--behind-authenticating-proxy"), std::string::npos);
    EXPECT_FALSE(refusal_to_listen(address, true)) << address;
  }
}

TEST(RefusalToListen, WantsAnAddress) {
  EXPECT_TRUE(refusal_to_listen("localhost", true));
  EXPECT_TRUE(refusal_to_listen("", true));
}

}  // namespace
}  // namespace kkr::gateway::http
