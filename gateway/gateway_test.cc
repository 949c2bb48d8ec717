#include "gateway/gateway.h"

#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "gateway/testing/raw_client.h"
#include "gateway/testing/running_gateway.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "tests/waiting/comes_true.h"

namespace kkr::gateway {
namespace {

using nlohmann::json;
using waiting::comes_true;

constexpr const char* kRound = "/v1/regions/hovedstaden/rounds/7";
constexpr const char* kBoard = "/v1/regions/hovedstaden/rounds/7:board";

std::string reason_of(const RawReply& reply) {
  return json::parse(reply.body)["error"]["details"][0].value("reason", "");
}

TEST(Gateway, AnswersAQueryAsJson) {
  RunningGateway site;
  const auto reply = RawClient::get(site.port(), kRound);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.headers.at("content-type"), "application/json");
  EXPECT_EQ(reply.headers.at("kkr-position"), "consultation/hovedstaden/g/5");
  const json round = json::parse(reply.body);
  EXPECT_EQ(round["title"], "H\xc3\xb8ring");
  EXPECT_EQ(round["state"], "STATE_OPEN");
  EXPECT_EQ(round["registryPosition"], "0");
}

TEST(Gateway, CarriesOutACommandInSomebodysName) {
  RunningGateway site;
  const auto reply = RawClient::send_json(
      site.port(), "POST", "/v1/regions/hovedstaden/rounds?roundId=8&requestId=x",
      R"({"title": "Ny", "questions": [{"id": "a"}]})", "KKR-Actor: S\xc3\xb8ren\r\n");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(json::parse(reply.body)["name"], "regions/hovedstaden/rounds/8");
  EXPECT_EQ(reply.headers.at("kkr-position"), "consultation/hovedstaden/g/6");
  EXPECT_EQ(reply.headers.count("etag"), 0U);
  EXPECT_EQ(site.backend.last_actor(), "S%C3%B8ren");
}

TEST(Gateway, SaysWhatIsWrongWithARequest) {
  RunningGateway site;
  const auto post = [&site](const std::string& body) {
    return RawClient::send_json(site.port(), "POST", "/v1/regions/hovedstaden/rounds", body);
  };
  const auto unknown = post(R"({"questions": [{"id": "a"}, {"titel": "b"}]})");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(reason_of(unknown), "UNKNOWN_FIELD");
  EXPECT_NE(unknown.body.find("questions[1].titel"), std::string::npos) << unknown.body;
  EXPECT_EQ(reason_of(post(R"({"title": 7})")), "WRONG_TYPE");
  EXPECT_EQ(reason_of(post("{\"title\": \"\xff\"}")), "BAD_UTF8");
  const auto large = post(std::string(1024 * 1024 + 1, ' '));
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(reason_of(large), "BODY_TOO_LARGE");
  EXPECT_EQ(RawClient::get(site.port(), "/v1/regions/hovedstaden/rounds/8").status, 404);
  EXPECT_EQ(reason_of(RawClient::get(site.port(), "/v1/nothing")), "PATH_UNKNOWN");
  const auto wrong_method = RawClient::send_json(site.port(), "DELETE", kRound, "");
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_EQ(wrong_method.headers.at("allow"), "PATCH, GET, HEAD, OPTIONS");
  EXPECT_EQ(RawClient::send_json(site.port(), "OPTIONS", kRound, "").status, 204);
}

TEST(Gateway, CarriesFilesAsTheyAre) {
  RunningGateway site;
  const std::string file(3 * 1024 * 1024, '\xfe');
  const auto uploaded = RawClient::ask(
      site.port(),
      "POST /v1/regions/hovedstaden/attachments?filename=a.pdf HTTP/1.1\r\nHost: x\r\n"
      "Content-Type: application/pdf\r\nContent-Length: " +
          std::to_string(file.size()) + "\r\n\r\n" + file);
  ASSERT_TRUE(uploaded);
  EXPECT_EQ(uploaded->status, 200) << uploaded->body;
  EXPECT_EQ(json::parse(uploaded->body)["sizeBytes"], std::to_string(file.size()));
  EXPECT_EQ(json::parse(uploaded->body)["contentType"], "application/pdf");
  const auto got = RawClient::get(site.port(), "/v1/regions/hovedstaden/attachments/ab");
  EXPECT_EQ(got.headers.at("content-type"), "application/pdf");
  EXPECT_EQ(got.headers.at("content-disposition"), "attachment; filename=\"a.pdf\"");
  EXPECT_EQ(got.body, std::string("%PDF\0\xff", 6));
}

TEST(Gateway, ShowsTheBoardFromItsCacheUntilTheLogGoesOn) {
  RunningGateway site;
  const auto first = RawClient::get(site.port(), kBoard);
  ASSERT_EQ(first.status, 200) << first.body;
  const json board = json::parse(first.body);
  EXPECT_EQ(board["invitees"].size(), 3U);
  EXPECT_EQ(board["region"]["displayName"], "Hovedstaden");
  EXPECT_EQ(board["notices"][0]["remindedCount"], 2);
  EXPECT_EQ(board["parts"].size(), 3U);
  EXPECT_TRUE(board["parts"][0]["available"]);

  const auto second = RawClient::get(site.port(), kBoard);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.headers.at("etag"), first.headers.at("etag"));
  EXPECT_EQ(site.backend.row_calls(), 1);
  const auto known =
      RawClient::get(site.port(), kBoard, "If-None-Match: " + first.headers.at("etag") + "\r\n");
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(known.headers.count("content-type"), 0U);
  EXPECT_EQ(known.headers.at("etag"), first.headers.at("etag"));
  EXPECT_EQ(site.backend.row_calls(), 1);

  site.backend.go_on();
  site.publish(site.backend.position());
  EXPECT_TRUE(comes_true([&site] {
    RawClient::get(site.port(), kBoard);
    return site.backend.row_calls() > 1;
  }));
}

TEST(Gateway, KeepsNoBoardWhileNoticesAreOnTheirWay) {
  RunningGateway site;
  site.backend.set_sending(true);
  RawClient::get(site.port(), kBoard);
  RawClient::get(site.port(), kBoard);
  EXPECT_EQ(site.backend.row_calls(), 2);
  site.backend.set_sending(false);
  RawClient::get(site.port(), kBoard);
  RawClient::get(site.port(), kBoard);
  EXPECT_EQ(site.backend.row_calls(), 3);
}

TEST(Gateway, ShowsAClientItsOwnWriteBeforeTheBusHasTold) {
  RunningGateway site;
  RawClient::get(site.port(), kBoard);
  RawClient::send_json(site.port(), "POST", "/v1/regions/hovedstaden/rounds?roundId=8", "{}");
  RawClient::get(site.port(), kBoard);
  EXPECT_EQ(site.backend.row_calls(), 2);
}

TEST(Gateway, NamesTheServiceThatIsDownAndShowsTheRest) {
  const auto nobody = grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials());
  RunningGateway site({}, 3, {{"registry", nobody}});
  const auto region = RawClient::get(site.port(), "/v1/regions/hovedstaden");
  EXPECT_EQ(region.status, 503);
  EXPECT_EQ(region.headers.at("retry-after"), "1");
  EXPECT_NE(region.body.find("'registry'"), std::string::npos) << region.body;

  const auto reply = RawClient::get(site.port(), kBoard);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const json board = json::parse(reply.body);
  EXPECT_EQ(board["invitees"].size(), 3U);
  EXPECT_FALSE(board.contains("region"));
  EXPECT_EQ(board["parts"][2]["service"], "registry");
  EXPECT_FALSE(board["parts"][2]["available"]);
  RawClient::get(site.port(), kBoard);
  EXPECT_EQ(site.backend.row_calls(), 2) << "what is incomplete must not be kept";
}

TEST(Gateway, FailsAViewWhenNobodyAnswers) {
  const auto nobody = grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials());
  RunningGateway site({}, 3,
                      {{"registry", nobody}, {"consultation", nobody}, {"notification", nobody}});
  const auto reply = RawClient::get(site.port(), kBoard);
  EXPECT_EQ(reply.status, 503);
  EXPECT_NE(reply.body.find("consultation, notification, registry"), std::string::npos)
      << reply.body;
}

TEST(Gateway, TellsWhatHappensInARegion) {
  RunningGateway site;
  RawClient client(site.port());
  client.send("GET /v1/regions/hovedstaden:stream HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(client.receive_until("data: {}\n\n").find("event: hello"), std::string::npos);
  site.publish(6, "sjaelland");
  site.publish(7);
  const std::string event = client.receive_until("\n\n");
  EXPECT_EQ(event,
            "id: consultation/hovedstaden/g/7\n"
            R"(data: {"service":"consultation","region":"hovedstaden","position":"7",)"
            R"("type":"round_closed","stream":"round-7"})"
            "\n\n");
}

TEST(Gateway, BeginsAStreamWhereTheClientLeftIt) {
  RunningGateway site;
  RawClient client(site.port());
  client.send(
      "GET /v1/regions/hovedstaden:stream HTTP/1.1\r\nHost: x\r\n"
      "Last-Event-ID: consultation/hovedstaden/g/3\r\n\r\n");
  EXPECT_NE(client.receive_until("retry: 2000\n").find("200 OK"), std::string::npos);
  site.publish(5);  // Told already: position 5 was replayed.
  site.publish(6);
  const std::string all = client.receive_until("\"position\":\"6\"");
  EXPECT_EQ(all.find("id: consultation/hovedstaden/g/4"), all.find("id:"));
  EXPECT_EQ(all.find("g/5\n"), all.rfind("g/5\n"));
  for (const char* id : {"consultation/hovedstaden/other/3", "nonsense"}) {
    RawClient lost(site.port());
    lost.send("GET /v1/regions/hovedstaden:stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: " +
              std::string(id) + "\r\n\r\n");
    EXPECT_NE(lost.receive_until("data: {}").find("event: lost"), std::string::npos) << id;
  }
}

TEST(Gateway, TellsOfItself) {
  RunningGateway site;
  EXPECT_EQ(RawClient::get(site.port(), "/healthz").status, 200);
  EXPECT_EQ(RawClient::get(site.port(), "/readyz").status, 200);
  site.probes.why_not = "The store is being checked.";
  const auto not_ready = RawClient::get(site.port(), "/readyz");
  EXPECT_EQ(not_ready.status, 503);
  EXPECT_EQ(not_ready.body, "The store is being checked.\n");
  EXPECT_EQ(RawClient::get(site.port(), "/metrics").body, "kkr_up 1\n");
  EXPECT_EQ(json::parse(RawClient::get(site.port(), "/openapi.json").body)["openapi"], "3.1.0");
  EXPECT_EQ(RawClient::get(site.port(), "/", "Accept: text/html\r\n").headers.at("content-type"),
            "text/html; charset=utf-8");
  EXPECT_EQ(json::parse(RawClient::get(site.port(), "/").body)["openapi"], "/openapi.json");
  const auto head = RawClient::ask(
      site.port(), "HEAD /openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
}

TEST(Gateway, EndsStreamsWhenItDrains) {
  RunningGateway site;
  RawClient client(site.port());
  client.send("GET /v1/regions/hovedstaden:stream HTTP/1.1\r\nHost: x\r\n\r\n");
  client.receive_until("hello");
  const auto begin = std::chrono::steady_clock::now();
  site.gateway->drain(std::chrono::seconds(20));
  EXPECT_TRUE(client.is_closed());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(Gateway, RefusesToFaceTheWorldWithoutSignIn) {
  BackendDouble backend;
  platform::WorkerPool pool(1);
  platform::InProcessBus bus(pool);
  RunningGateway::ProbesDouble probes;
  Config config;
  config.address = "0.0.0.0";
  const auto refused = Gateway::create(config, backend.channels(), bus, probes);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  config.behind_authenticating_proxy = true;
  EXPECT_TRUE(Gateway::create(config, backend.channels(), bus, probes).ok());
}

}  // namespace
}  // namespace kkr::gateway
