#include "gateway/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <thread>

#include "gateway/testing/raw_client.h"
#include "tests/waiting/comes_true.h"

namespace kkr::gateway::http {
namespace {

using std::chrono::milliseconds;
using waiting::comes_true;

// Says what it was asked; `/slow` takes 300 ms, `/held` until release(), `/big` is 20 MB, `/stream`
// sends three pieces.
class EchoSite : public Site {
 public:
  std::uint64_t body_bytes_max(const Request&) override { return 1000; }

  boost::asio::awaitable<Response> respond(const Request& request) override {
    Response response;
    std::string head;
    append_header(head, "Content-Type", "text/plain");
    response.head = SharedText(head);
    std::string body(request.method);
    body += ' ';
    body += request.path;
    body += '?';
    body += request.query;
    body += ' ';
    body += request.body;
    if (request.path == "/slow") co_await pause(milliseconds(300));
    if (request.path == "/held") {
      holds_ = true;
      while (holds_) co_await pause(milliseconds(1));
    }
    if (request.path == "/big") body.assign(20'000'000, 'x');
    if (request.path == "/stream") {
      response.stream = std::make_shared<ThreePieces>();
    } else {
      response.body = SharedText(std::move(body));
    }
    co_return response;
  }

  bool holds() const { return holds_; }
  void release() { holds_ = false; }

  Response refuse(Refusal refusal) override {
    constexpr int kStatus[] = {400, 414, 413, 431, 503};
    Response response;
    response.status = kStatus[static_cast<int>(refusal)];
    response.body = SharedText(std::string("refused"));
    return response;
  }

 private:
  static boost::asio::awaitable<void> pause(milliseconds time) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }

  class ThreePieces : public BodyStream {
   public:
    boost::asio::awaitable<std::optional<std::string>> next() override {
      if (closed_ || sent_ == 3) co_return std::nullopt;
      co_return "piece " + std::to_string(++sent_) + "\n";
    }
    void close() override { closed_ = true; }

   private:
    int sent_ = 0;
    bool closed_ = false;
  };

  std::atomic<bool> holds_ = false;
};

class ServerTest : public ::testing::Test {
 protected:
  void start(Limits limits = {}) {
    server_ = std::make_unique<Server>(site_, limits, 2);
    const auto refusal = server_->start("127.0.0.1", 0);
    ASSERT_FALSE(refusal) << *refusal;
  }
  std::uint16_t port() const { return server_->port(); }
  // Asks once; true when the reply says that the server takes no further request.
  static bool is_last(RawClient& client) {
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto reply = client.receive();
    EXPECT_TRUE(reply) << "a request that was taken is answered";
    return !reply || reply->headers.contains("connection");
  }

  EchoSite site_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersOneRequestAfterTheOther) {
  start();
  RawClient client(port());
  for (int i = 0; i < 3; ++i) {
    client.send("POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody");
    const auto reply = client.receive();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "POST /a?b=c body");
    EXPECT_EQ(reply->headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(reply->headers.count("date"), 1U);
  }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  start();
  RawClient client(port());
  client.send(
      "GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
      "HEAD /4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.receive()->body, "GET /slow? ");
  EXPECT_EQ(client.receive()->body, "GET /2? ");
  EXPECT_EQ(client.receive()->body, "POST /3? abc");
  const auto head = client.receive(true);
  EXPECT_EQ(head->headers.at("content-length"), "9");
  EXPECT_EQ(head->headers.at("connection"), "close");
  EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, RefusesWhatIsTooBigOrNotHttp) {
  start();
  const std::string long_value(17 * 1024, 'x');
  const std::string long_target(9 * 1024, 'x');
  const struct {
    std::string request;
    int status;
  } rows[] = {
      {"GET / HTTP/1.1\r\nHost: x\r\nA: " + long_value + "\r\n\r\n", 431},
      {"GET /" + long_target + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n" + long_value, 413},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4000\r\n" + long_value,
       413},
      {"nonsense\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", 400},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: "
       "3\r\n\r\n0\r\n\r\n",
       400},
      {"GET / HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n", 400},
      {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 400},
  };
  for (const auto& row : rows) {
    RawClient client(port());
    client.send(row.request);
    const auto reply = client.receive();
    ASSERT_TRUE(reply) << row.request.substr(0, 90);
    EXPECT_EQ(reply->status, row.status) << row.request.substr(0, 90);
    EXPECT_EQ(reply->headers.at("connection"), "close");
    client.shut_down_sending();
    EXPECT_TRUE(client.is_closed());
  }
}

TEST_F(ServerTest, SaysContinueToWhoAsks) {
  start();
  RawClient client(port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_EQ(client.receive()->body, "POST /? ok");
}

TEST_F(ServerTest, GivesNobodyMoreTimeThanItsLimits) {
  Limits limits;
  limits.header_time_max = milliseconds(200);
  limits.idle_time_max = milliseconds(200);
  limits.request_time_max = milliseconds(200);
  start(limits);
  RawClient silent(port());
  RawClient slow_header(port());
  RawClient slow_body(port());
  slow_header.send("GET / HTTP/1.1\r\nHo");
  slow_body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(slow_header.is_closed());
  EXPECT_TRUE(slow_body.is_closed());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST_F(ServerTest, DropsAClientThatDoesNotRead) {
  Limits limits;
  limits.write_time_max = milliseconds(200);
  limits.slowest_bytes_per_second = 100'000'000;
  start(limits);
  RawClient client(port());
  client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.receive_until("200 OK"), "HTTP/1.1 200 OK");
  EXPECT_TRUE(comes_true([this] { return server_->connection_count() == 0; }));
}

TEST_F(ServerTest, TurnsAwayMoreClientsThanItTakes) {
  Limits limits;
  limits.connections_max = 2;
  start(limits);
  RawClient first(port());
  RawClient second(port());
  first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  second.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(first.receive());
  ASSERT_TRUE(second.receive());
  RawClient third(port());
  const auto reply = third.receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 503);
}

TEST_F(ServerTest, StreamsUntilTheStreamEnds) {
  start();
  RawClient client(port());
  client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string all = client.receive_until("piece 3\n");
  EXPECT_NE(all.find("\r\n\r\npiece 1\npiece 2\npiece 3\n"), std::string::npos) << all;
  EXPECT_EQ(all.find("Content-Length"), std::string::npos);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, DrainFinishesWhatIsInFlight) {
  Limits limits;
  limits.drain_quiet_time = milliseconds(20'000);
  start(limits);
  RawClient busy(port());
  RawClient idle(port());
  RawClient asking[2] = {RawClient(port()), RawClient(port())};  // One of each of two threads.
  busy.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(comes_true([this] { return site_.holds(); }));
  auto drained = std::async(std::launch::async, [this] { server_->drain(milliseconds(20'000)); });
  for (RawClient& client : asking) EXPECT_TRUE(comes_true([&] { return is_last(client); }));
  idle.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n");  // It was on its way.
  const auto late = idle.receive();
  ASSERT_TRUE(late);
  EXPECT_EQ(late->headers.at("connection"), "close");
  site_.release();
  const auto reply = busy.receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "GET /held? ");
  EXPECT_EQ(reply->headers.at("connection"), "close");
  for (RawClient* client : {&busy, &idle, &asking[0], &asking[1]}) client->shut_down_sending();
  drained.wait();
  EXPECT_EQ(server_->connection_count(), 0U);
  EXPECT_THROW(RawClient{port()}, std::exception);
}

// Clients that come and go while the server drains: whoever got through is answered.
TEST_F(ServerTest, DrainUnderLoadFailsNoRequestThatWasTaken) {
  start();
  std::atomic<int> answered{0};
  std::atomic<int> broken{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i)
    clients.emplace_back([&] {
      while (!stop) {
        try {
          RawClient client(port());
          client.send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
          const auto reply = client.receive();
          (reply && reply->status == 200 ? answered : broken)++;
        } catch (const std::exception&) {
          return;  // Nobody listens any more.
        }
      }
    });
  EXPECT_TRUE(comes_true([&] { return answered > 100; }));
  server_->drain(milliseconds(5000));
  stop = true;
  for (auto& client : clients) client.join();
  EXPECT_EQ(broken.load(), 0);
}

TEST_F(ServerTest, SaysWhyItCannotListen) {
  start();
  Server second(site_, {}, 1);
  const auto refusal = second.start("127.0.0.1", port());
  ASSERT_TRUE(refusal);
  EXPECT_NE(refusal->find("Cannot listen on 127.0.0.1"), std::string::npos);
}

}  // namespace
}  // namespace kkr::gateway::http
