#include "gateway/http/message.h"

#include <gtest/gtest.h>

namespace kkr::gateway::http {
namespace {

TEST(AppendHeader, LetsNobodyAddALine) {
  std::string head;
  append_header(head, "Content-Type", "text/x\r\nSet-Cookie: a=b");
  EXPECT_EQ(head, "Content-Type: text/x  Set-Cookie: a=b\r\n");
}

TEST(ReasonPhrase, KnowsTheOnesThatAreUsed) {
  EXPECT_EQ(reason_phrase(200), "OK");
  EXPECT_EQ(reason_phrase(429), "Too Many Requests");
  EXPECT_EQ(reason_phrase(499), "Client Closed Request");
}

}  // namespace
}  // namespace kkr::gateway::http
