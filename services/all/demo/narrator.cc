#include "services/all/demo/narrator.h"

#include <cstdio>

#include "absl/strings/str_format.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::demo {

using nlohmann::json;

namespace {

std::string with_request_id(const std::string& path) {
  const bool has_query = path.find('?') != std::string::npos;
  return path + (has_query ? "&requestId=" : "?requestId=") + platform::new_uuid();
}

}  // namespace

int perform(const std::function<void()>& play) {
  try {
    play();
    return 0;
  } catch (const StepFailed& failure) {
    std::fprintf(stderr, "\nDemoen standsede: %s\n", failure.sentence.c_str());
  } catch (const json::exception& error) {  // The reply lacked a field the play needs.
    std::fprintf(stderr, "\nDemoen standsede: et svar manglede et felt (%s)\n", error.what());
  }
  return 1;
}

json Narrator::json_of(const std::string& call, const HttpReply& reply) {
  if (!reply.ok()) {
    throw StepFailed{absl::StrFormat("%s: HTTP %d\n%s", call, reply.status, reply.body)};
  }
  json parsed = json::parse(reply.body, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) throw StepFailed{call + ": svaret er ikke JSON:\n" + reply.body};
  return parsed;
}

json Narrator::get(const std::string& path) {
  return json_of("GET " + path, client_.send("GET", path, {}, ""));
}

json Narrator::post(const std::string& path, json body, const std::string& actor) {
  // A resource body carries its request id beside it, in the query.
  const bool whole_body = path.find(':') != std::string::npos || path.ends_with("/collections") ||
                          path.ends_with("/splits");
  std::string target = path;
  if (whole_body) {
    body["requestId"] = platform::new_uuid();
  } else {
    target = with_request_id(path);
  }
  return json_of(
      "POST " + path,
      client_.send("POST", target, {{"Content-Type", "application/json"}, {"KKR-Actor", actor}},
                   body.dump()));
}

json Narrator::patch(const std::string& path, const json& resource, const std::string& actor) {
  return json_of(
      "PATCH " + path,
      client_.send("PATCH", with_request_id(path),
                   {{"Content-Type", "application/json"}, {"KKR-Actor", actor}}, resource.dump()));
}

json Narrator::upload(const std::string& path, const std::string& content_type,
                      const std::string& content) {
  return json_of(
      "POST " + path,
      client_.send("POST", path, {{"Content-Type", content_type}, {"KKR-Actor", "secretariat"}},
                   content));
}

std::size_t Narrator::download_size(const std::string& path) {
  const HttpReply reply = client_.send("GET", path, {}, "");
  if (!reply.ok() || reply.body.empty()) {
    throw StepFailed{absl::StrFormat("GET %s: HTTP %d\n%s", path, reply.status, reply.body)};
  }
  return reply.body.size();
}

void Narrator::advance_to(platform::LocalDate day, int hour) {
  today_ = day;
  hour_ = hour;
  const absl::Time instant = platform::start_of(day) + absl::Hours(hour);
  post("/v1/clock:advance",
       {{"to", absl::FormatTime(absl::RFC3339_sec, instant, absl::UTCTimeZone())}},
       "administrator");
}

void Narrator::tell(const std::string& what, const std::string& result) {
  std::printf("%02d-%02d-%04d  %s: %s\n", today_.day(), today_.month(),
              static_cast<int>(today_.year()), what.c_str(), result.c_str());
  std::fflush(stdout);
}

void Narrator::expect(bool holds, const std::string& sentence) {
  if (!holds) throw StepFailed{sentence};
}

}  // namespace kkr::demo
