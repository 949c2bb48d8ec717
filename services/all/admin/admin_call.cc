#include "services/all/admin/admin_call.h"

#include <iostream>

#include "services/platform/embedded/folder_lock.h"
#include "services/platform/embedded/site_folder.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/process/grpc_server.h"

namespace kkr {

std::shared_ptr<grpc::Channel> running_site(const std::filesystem::path& data) {
  const auto socket = platform::SiteFolder::admin_socket_of(std::filesystem::absolute(data));
  if (!platform::folder_in_use(data) || !std::filesystem::exists(socket)) return nullptr;
  return platform::channel_to("unix:" + socket.string());
}

int say(const google::protobuf::RepeatedPtrField<platform::v1::LogReport>& logs) {
  int exit_code = kDone;
  for (const auto& log : logs) {
    (log.sound() ? std::cout : std::cerr) << log.sentence() << "\n";
    if (!log.sound()) exit_code = kDamaged;
  }
  return exit_code;
}

int fail(const std::string& sentence) {
  std::cerr << sentence << "\n";
  return kDamaged;
}

int fail(const grpc::Status& status) {
  if (!platform::reason_of(status).empty()) return fail(status.error_message());
  return fail("The running site does not answer: " + status.error_message() + ".");
}

}  // namespace kkr
