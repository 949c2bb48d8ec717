// Ten thousand requests that were valid once: whatever became of them, the gateway answers or
// closes, never with a fault of its own, and serves the next client.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gateway/testing/raw_client.h"
#include "gateway/testing/running_gateway.h"

namespace kkr::gateway {
namespace {

constexpr int kRequests = 10'000;

unsigned seed() {
  const char* given = std::getenv("KKR_SEED");
  return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                          : std::random_device()();
}

std::string request(const std::string& line, const std::string& body = "") {
  std::string text = line + " HTTP/1.1\r\nHost: x\r\nKKR-Actor: a\r\nAccept-Language: da\r\n";
  if (!body.empty())
    text +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + body;
}

const std::vector<std::string>& valid_requests() {
  static const std::vector<std::string> requests = {
      request("GET /v1/regions/hovedstaden/rounds/7"),
      request("GET /v1/regions/hovedstaden/rounds/7:board"),
      request("GET /v1/regions/hovedstaden/rounds/7/invitees?pageSize=10&pageToken=a%20b"),
      request("GET /v1/regions/hovedstaden"),
      request("GET /v1/regions/hovedstaden/attachments/ab"),
      request("HEAD /openapi.json"),
      request("OPTIONS /v1/regions/hovedstaden"),
      request("POST /v1/regions/hovedstaden/rounds?roundId=8&requestId=x",
              R"({"title":"Høring","paperVersion":3,"state":"STATE_OPEN","questions":[{"id":"a"},)"
              R"({"title":"b"}],"createTime":"2013-02-06T09:00:00Z","deadlinePassed":true,)"
              R"("registryPosition":"12345678901","invitation":{"clusters":["x","y"]}})"),
      request("POST /v1/regions/hovedstaden/attachments?filename=a", "any bytes at all"),
      std::string("POST /v1/regions/hovedstaden/rounds HTTP/1.1\r\nHost: x\r\n") +
          "Transfer-Encoding: chunked\r\n\r\n" + "d\r\n{\"title\":\"a\"}\r\n0\r\n\r\n",
  };
  return requests;
}

// One to four small changes: a byte, a cut, a repetition, a swap of a piece for something nasty.
std::string mutate(std::string text, std::mt19937& random) {
  static const std::vector<std::string> nasty = {"\xff",
                                                 "\\ud800",
                                                 "%ff",
                                                 "%",
                                                 "{{{{",
                                                 "[[[[[[[[",
                                                 "\"",
                                                 "null",
                                                 "-1",
                                                 "1e999",
                                                 "\r\n",
                                                 "\n",
                                                 std::string(1, '\0'),
                                                 "99999999999999999999",
                                                 ": ",
                                                 "?",
                                                 "&",
                                                 "=",
                                                 ":board",
                                                 "/",
                                                 "**"};
  const auto below = [&random](std::size_t limit) {
    return limit == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  for (std::size_t left = 1 + below(4); left > 0; --left) {
    const std::size_t at = below(text.size());
    switch (below(5)) {
      case 0:
        if (!text.empty()) text[at] = static_cast<char>(below(256));
        break;
      case 1: text.erase(at, 1 + below(12)); break;
      case 2: text.insert(at, text.substr(below(text.size()), below(40))); break;
      case 3: text.insert(at, nasty[below(nasty.size())]); break;
      default: text.replace(at, std::min(text.size() - at, below(8)), nasty[below(nasty.size())]);
    }
  }
  return text;
}

// Leaves the header whole, so that more of the request is looked at.
std::string mutate_line_and_body(const std::string& valid, std::mt19937& random) {
  const std::size_t line_end = valid.find(" HTTP/1.1");
  const std::size_t body_begin = valid.find("\r\n\r\n") + 4;
  const std::size_t target = valid.find(' ') + 1;
  std::string line = mutate(valid.substr(target, line_end - target), random);
  std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
  const bool chunked = valid.find("chunked") != std::string::npos;
  std::string body = valid.substr(body_begin);
  if (body.empty() || chunked) return valid.substr(0, target) + line + valid.substr(line_end);
  if (random() % 2 == 0) line = valid.substr(target, line_end - target);
  return request(valid.substr(0, target) + line, mutate(body, random));
}

TEST(MutatedRequests, AreAnsweredWithoutAFaultOfOurs) {
  const unsigned used_seed = seed();
  std::cout << "KKR_SEED=" << used_seed << '\n';
  std::mt19937 random(used_seed);
  Config config;
  config.limits.request_time_max = std::chrono::seconds(5);
  RunningGateway site(config);
  std::map<int, int> statuses;
  for (int i = 0; i < kRequests; ++i) {
    const auto& valid = valid_requests()[i % valid_requests().size()];
    const std::string sent =
        i % 2 == 0 ? mutate(valid, random) : mutate_line_and_body(valid, random);
    if (sent.find(":stream") != std::string::npos) continue;
    RawClient client(site.port());
    client.send(sent);
    client.shut_down_sending();  // What lacks its end is cut off rather than waited for.
    const auto reply = client.receive(sent.substr(0, 4) == "HEAD");
    const int status = reply ? reply->status : 0;
    ++statuses[status];
    // 501: a method that the doubles of the services do not have.
    EXPECT_TRUE(status < 500 || status == 501 || status == 503)
        << status << " for " << ::testing::PrintToString(sent);
  }
  for (const auto& [status, count] : statuses) std::cout << status << ": " << count << '\n';
  EXPECT_GT(statuses[200], 0);
  EXPECT_GT(statuses[400], 0);
  EXPECT_EQ(RawClient::get(site.port(), "/v1/regions/hovedstaden/rounds/7").status, 200);
}

}  // namespace
}  // namespace kkr::gateway
