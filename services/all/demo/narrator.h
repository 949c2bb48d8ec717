// Tells the play: carries out one step at a time through the public API and prints a line for each
// with the day on the demo clock. The first step that fails ends the play with a clear sentence.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/all/demo/http_client.h"
#include "services/platform/time/local_date.h"

namespace kkr::demo {

// Thrown by a step that did not go as it must; caught by `perform`.
struct StepFailed {
  std::string sentence;
};

// Where the plays are set, and who acts in them unless they say otherwise.
inline constexpr char kRegion[] = "/v1/regions/hovedstaden";
inline constexpr char kSecretariat[] = "secretariat";

// What the plays came to, a line each, told when all are over.
using Figures = std::vector<std::string>;

// Performs the play. The exit code: 0, or 1 after the sentence that says which step failed.
int perform(const std::function<void()>& play);

class Narrator {
 public:
  explicit Narrator(std::uint16_t port) : client_(port) {}

  // The site's reply as JSON. Throws StepFailed for anything but a 2xx.
  nlohmann::json get(const std::string& path);
  // Sends a command with a fresh request id as `actor`. Throws StepFailed for anything but a 2xx.
  nlohmann::json post(const std::string& path, nlohmann::json body, const std::string& actor);
  // Updates a resource, as `post` sends a command. Throws StepFailed for anything but a 2xx.
  nlohmann::json patch(const std::string& path, const nlohmann::json& resource,
                       const std::string& actor);
  // Sends a file. Throws StepFailed for anything but a 2xx.
  nlohmann::json upload(const std::string& path, const std::string& content_type,
                        const std::string& content);
  // How many bytes a download has. Throws StepFailed when it fails or is empty.
  std::size_t download_size(const std::string& path);

  // Moves the demo clock to `hour` local time on `day`; returns when all work due by then is done.
  void advance_to(platform::LocalDate day, int hour);
  // Returns when all work due by now is done.
  void settle() { advance_to(today_, hour_); }

  // Prints one line: the day on the demo clock, what happened, and the result.
  void tell(const std::string& what, const std::string& result);
  // Ends the play unless `holds`.
  void expect(bool holds, const std::string& sentence);

 private:
  nlohmann::json json_of(const std::string& call, const HttpReply& reply);

  HttpClient client_;
  platform::LocalDate today_{2013, 1, 23};
  int hour_ = 8;
};

}  // namespace kkr::demo
