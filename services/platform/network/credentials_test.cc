#include "services/platform/network/credentials.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "services/platform/network/testing/replica_process.h"
#include "tests/contract/temporary_folder.h"
#include "tests/processes/certificates.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;
using processes::Authority;
using std::chrono::seconds;

TlsFiles files_in(const fs::path& folder) {
  return {folder / "certificate.pem", folder / "key.pem", folder / "authorities.pem"};
}

class Credentials : public ::testing::Test {
 protected:
  fs::path at(const std::string& name) const { return folder_.path(name); }

  // The folder of a certificate that `authority` gave to the name.
  fs::path given(const Authority& authority, const std::string& folder, const std::string& name) {
    authority.give(at(folder), name);
    return at(folder);
  }

  grpc::Status call(const std::shared_ptr<grpc::ChannelCredentials>& credentials,
                    const ReplicaProcess& server) const {
    return ask(channel_to_replicas({server.address()}, credentials)).status;
  }

  TemporaryFolder folder_;
  const Authority ours_{at("ours")};
  const Authority others_{at("others")};
};

using TlsFilesOf = Credentials;

TEST_F(TlsFilesOf, AreSoundWhenTheyBelongTogether) {
  EXPECT_TRUE(problems_of({}).empty());
  EXPECT_TRUE(problems_of(files_in(given(ours_, "a", "kkr-registry"))).empty());
}

TEST_F(TlsFilesOf, AreNotWhenTheyAreMissingOrDoNotBelongTogether) {
  const TlsFiles good = files_in(given(ours_, "a", "kkr-registry"));
  const TlsFiles other = files_in(given(ours_, "b", "kkr-registry"));
  const TlsFiles rows[] = {{good.certificate, good.key, ""},
                           {good.certificate, good.key, at("nowhere")},
                           {good.certificate, at("nowhere"), good.authorities},
                           {good.key, good.key, good.authorities},
                           {good.certificate, other.key, good.authorities}};
  for (const TlsFiles& row : rows)
    EXPECT_EQ(problems_of(row).size(), 1U) << row.certificate << row.key << row.authorities;
}

TEST_F(Credentials, ACallerWithACertificateOfTheAuthorityIsServed) {
  ReplicaProcess server(folder_.path(), "a", given(ours_, "server", "kkr-registry"));
  EXPECT_TRUE(
      call(channel_credentials(files_in(given(ours_, "client", "kkr-gateway"))), server).ok());
}

TEST_F(Credentials, ACallerWithoutTheRightCertificateIsRefused) {
  ReplicaProcess server(folder_.path(), "a", given(ours_, "server", "kkr-registry"));
  EXPECT_FALSE(call(grpc::InsecureChannelCredentials(), server).ok());

  grpc::SslCredentialsOptions without;
  std::ifstream authority(ours_.certificate());
  without.pem_root_certs = (std::ostringstream() << authority.rdbuf()).str();
  EXPECT_FALSE(call(grpc::SslCredentials(without), server).ok());

  // It believes the server, but its own certificate is another authority's.
  TlsFiles foreign = files_in(given(others_, "foreign", "kkr-gateway"));
  foreign.authorities = ours_.certificate();
  EXPECT_FALSE(call(channel_credentials(foreign), server).ok());
}

TEST_F(Credentials, AServerThatIsNotTheOneCalledIsNotBelieved) {
  const auto client = channel_credentials(files_in(given(ours_, "client", "kkr-gateway")));
  ReplicaProcess another(folder_.path(), "a", given(ours_, "another", "kkr-consultation"));
  EXPECT_FALSE(call(client, another).ok());
  ReplicaProcess foreign(folder_.path(), "b", given(others_, "foreign", "kkr-registry"));
  EXPECT_FALSE(call(client, foreign).ok());
}

// Points the symbolic link at the folder in one step, as Kubernetes does.
void swap_to(const fs::path& link, const fs::path& folder) {
  fs::path next = link;
  next += ".next";
  fs::create_directory_symlink(folder, next);
  fs::rename(next, link);
}

void believe(const fs::path& folder, const std::vector<fs::path>& authorities) {
  std::ofstream all(folder / "authorities.pem");
  for (const fs::path& each : authorities) all << std::ifstream(each).rdbuf();
}

// From one authority to another, the way it is done: first both are believed, then the certificates
// change, then the old authority is believed no more.
TEST_F(Credentials, AreReplacedWhileCallsGoOn) {
  const Authority& next = others_;
  swap_to(at("server"), given(ours_, "server-1", "kkr-registry"));
  swap_to(at("client"), given(ours_, "client-1", "kkr-gateway"));
  believe(given(ours_, "server-2", "kkr-registry"), {ours_.certificate(), next.certificate()});
  believe(given(ours_, "client-2", "kkr-gateway"), {ours_.certificate(), next.certificate()});
  believe(given(next, "server-3", "kkr-registry"), {ours_.certificate(), next.certificate()});
  believe(given(next, "client-3", "kkr-gateway"), {ours_.certificate(), next.certificate()});
  const auto client = channel_credentials(files_in(at("client")), seconds(1));
  const auto of_old = channel_credentials(files_in(given(ours_, "old", "kkr-gateway")));
  const auto of_new = channel_credentials(files_in(given(next, "new", "kkr-gateway")));
  ReplicaProcess server(folder_.path(), "a", at("server"));
  ASSERT_TRUE(call(of_old, server).ok());
  ASSERT_FALSE(call(of_new, server).ok());

  std::atomic<bool> done{false};
  std::atomic<int> answered{0};
  const auto expect_answer = [&](const std::shared_ptr<grpc::Channel>& channel) {
    const grpc::Status status = ask(channel).status;
    EXPECT_TRUE(status.ok()) << status.error_message();
    ++answered;
  };
  std::thread on_one_connection([&, kept = channel_to_replicas({server.address()}, client)] {
    while (!done) expect_answer(kept);
  });
  std::thread on_new_connections([&] {
    while (!done) expect_answer(channel_to_replicas({server.address()}, client));
  });
  for (const std::string step : {"-2", "-3"}) {
    swap_to(at("server"), at("server" + step));
    swap_to(at("client"), at("client" + step));
    std::this_thread::sleep_for(seconds(3));  // Both have read them: each looks every second.
  }
  swap_to(at("server"), given(next, "server-4", "kkr-registry"));
  EXPECT_TRUE(waiting::comes_true([&] { return !call(of_old, server).ok(); }))
      << "the old authority is still believed";
  EXPECT_TRUE(call(of_new, server).ok());
  done = true;
  on_one_connection.join();
  on_new_connections.join();
  EXPECT_GT(answered, 100);
}

}  // namespace
}  // namespace kkr::platform
