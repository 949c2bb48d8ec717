#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <string>

#include "services/platform/operations/ask_probe.h"
#include "services/platform/operations/endpoint.h"
#include "services/platform/operations/operations_server.h"

namespace kkr::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::StartsWith;

class ProbesDouble final : public Probes {
 public:
  std::optional<std::string> not_ready_because() override { return reason; }
  std::string metrics() override { return "kkr_log_position{log=\"registry/danmark\"} 7\n"; }

  std::optional<std::string> reason;
};

// Everything the server sends for these bytes.
std::string raw_answer(std::uint16_t port, const std::string& sent) {
  boost::asio::io_context context;
  boost::asio::ip::tcp::socket socket(context);
  socket.connect({boost::asio::ip::address_v4::loopback(), port});
  boost::asio::write(socket, boost::asio::buffer(sent));
  std::string received;
  boost::system::error_code end;
  boost::asio::read(socket, boost::asio::dynamic_buffer(received), end);
  return received;
}

class OperationsServerTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(server.start("127.0.0.1:0"), std::nullopt); }

  std::string address() const { return "127.0.0.1:" + std::to_string(server.port()); }
  std::string get(const std::string& target) const {
    return raw_answer(server.port(), "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  ProbesDouble probes;
  OperationsServer server{probes};
};

TEST_F(OperationsServerTest, TellsThatItLivesWhetherReadyOrNot) {
  probes.reason = "consultation: It is starting.";
  EXPECT_EQ(ask_probe(address(), "/healthz"), std::nullopt);
}

TEST_F(OperationsServerTest, SaysWhyItIsNotReady) {
  EXPECT_EQ(ask_probe(address(), "/readyz"), std::nullopt);
  probes.reason = "consultation: It is starting.";
  EXPECT_THAT(ask_probe(address(), "/readyz"), Optional(probes.reason.value()));
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 503 "));
}

TEST_F(OperationsServerTest, ServesTheMetricsInPrometheusTextFormat) {
  const std::string answer = get("/metrics");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/plain; version=0.0.4"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\n" + probes.metrics()));
}

TEST_F(OperationsServerTest, AnswersNothingElse) {
  EXPECT_THAT(get("/v1/regions"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(raw_answer(server.port(), "DELETE /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
              StartsWith("HTTP/1.1 405 "));
}

TEST_F(OperationsServerTest, ServesTheNextAfterOneThatSpeaksNoHttp) {
  raw_answer(server.port(), "\x16\x03\x01 not http\r\n\r\n");
  EXPECT_EQ(ask_probe(address(), "/healthz"), std::nullopt);
}

TEST_F(OperationsServerTest, AnswersNobodyOnceItHasStopped) {
  const std::string listened_on = address();
  server.stop();
  EXPECT_THAT(ask_probe(listened_on, "/healthz"), Optional(HasSubstr("There is no answer at")));
}

TEST_F(OperationsServerTest, SaysWhyItCannotListen) {
  OperationsServer second(probes);
  EXPECT_THAT(second.start("localhost:80"), Optional(HasSubstr("is not an IP address")));
  EXPECT_THAT(second.start("192.0.2.1:80"), Optional(HasSubstr("It cannot listen on")));
}

TEST(AskProbe, AsksAtLoopbackWhatListensEverywhere) {
  ProbesDouble probes;
  OperationsServer server(probes);
  ASSERT_EQ(server.start("0.0.0.0:0"), std::nullopt);
  EXPECT_EQ(ask_probe("0.0.0.0:" + std::to_string(server.port()), "/readyz"), std::nullopt);
}

TEST(EndpointOf, ReadsBothKindsOfAddresses) {
  EXPECT_EQ(endpoint_of("127.0.0.1:80")->port(), 80);
  EXPECT_TRUE(endpoint_of("[::1]:80")->address().is_v6());
  for (const char* const wrong : {"", "80", "::1:80", "127.0.0.1:", "127.0.0.1:65536", "a:80"}) {
    EXPECT_EQ(endpoint_of(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace kkr::platform
