// Composes and signs a mail for each line of standard input, a JSON object, and writes each to
// standard output: its length in bytes on a line, then the bytes. For tests that read the mails
// with somebody else's reader.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "services/platform/mail/compose.h"
#include "services/platform/mail/dkim_signer.h"

namespace kkr::platform {
namespace {

Message message_of(const nlohmann::json& line) {
  Message message;
  message.message_id = line.at("message_id");
  message.date = absl::FromUnixSeconds(line.at("date").get<std::int64_t>());
  message.from = {line.at("from"), "kkr@kkr.example"};
  message.to = {line.at("to"), line.at("address")};
  message.subject = line.at("subject");
  message.text = line.at("text");
  message.html = line.at("html");
  message.language = "da";
  for (const std::string name : line.at("attachments")) {
    message.attachments.push_back({name, "application/pdf", "%PDF"});
  }
  return message;
}

int compose_all(const DkimSigner& signer) {
  for (std::string line; std::getline(std::cin, line);) {
    const auto composed = compose(message_of(nlohmann::json::parse(line)));
    if (const auto* fault = std::get_if<MailFault>(&composed)) {
      std::cerr << fault->reason << "\n";
      return 1;
    }
    const auto mail = signer.sign(std::get<std::string>(composed));
    if (const auto* fault = std::get_if<MailFault>(&mail)) {
      std::cerr << fault->reason << "\n";
      return 1;
    }
    const auto& bytes = std::get<std::string>(mail);
    std::cout << bytes.size() << "\n" << bytes;
  }
  return 0;
}

}  // namespace
}  // namespace kkr::platform

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "compose_mails KEY < LINES\n";
    return 2;
  }
  std::ifstream file(argv[1]);
  std::string key(std::istreambuf_iterator<char>(file), {});
  using kkr::platform::DkimSigner;
  const auto signer = DkimSigner::create({"kkr.example", "kkr", std::move(key)});
  if (!std::holds_alternative<std::unique_ptr<DkimSigner>>(signer)) {
    std::cerr << "The key cannot be used.\n";
    return 2;
  }
  return kkr::platform::compose_all(*std::get<std::unique_ptr<DkimSigner>>(signer));
}
