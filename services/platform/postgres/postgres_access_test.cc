// Who is let in: by a password in a file, and by a certificate.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "services/platform/postgres/postgres_connection.h"
#include "tests/contract/postgres_server.h"
#include "tests/processes/certificates.h"

namespace kkr::platform {
namespace {

using testing::HasSubstr;

void write_file(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

// Lets the server's user read it, and nobody else: PostgreSQL insists.
void give_to_owner_of(const std::string& folder, const std::string& file) {
  struct stat owner {};
  ASSERT_EQ(::stat(folder.c_str(), &owner), 0);
  ASSERT_EQ(::chown(file.c_str(), owner.st_uid, owner.st_gid), 0);
  ASSERT_EQ(::chmod(file.c_str(), S_IRUSR), 0);
}

class PostgresAccess : public testing::Test {
 protected:
  // Begins anew with these settings and these rules of who is let in.
  void restart_with(std::vector<std::string> settings, const std::string& rules) {
    write_file(server_.folder() + "/hba.conf", rules);
    settings.push_back("hba_file = '" + server_.folder() + "/hba.conf'");
    auto connection =
        std::get<PostgresConnection>(PostgresConnection::open({.conninfo = conninfo_}));
    ASSERT_FALSE(connection.execute("CREATE ROLE kkr_test LOGIN PASSWORD 'right'"));
    for (const auto& setting : settings)
      ASSERT_FALSE(connection.execute("ALTER SYSTEM SET " + setting));
    server_.stop();
    server_.start();
  }
  // Why the connection is refused; empty when it is not.
  static std::string refusal(const PostgresSettings& settings) {
    const auto opened = PostgresConnection::open(settings);
    const auto* error = std::get_if<PostgresError>(&opened);
    return error == nullptr ? "" : error->sentence;
  }

  const TemporaryFolder folder_;
  PostgresServer server_;
  const std::string conninfo_ = server_.new_database();
};

TEST_F(PostgresAccess, ReadsThePasswordAtEachConnection) {
  restart_with({}, "host all kkr_test 127.0.0.1/32 scram-sha-256\n");
  const std::string file = folder_.path("password");
  const PostgresSettings settings{.conninfo = conninfo_ + " user=kkr_test", .password_file = file};
  write_file(file, "wrong\n");
  EXPECT_THAT(refusal(settings), HasSubstr("password authentication failed"));
  write_file(file, "right\n");
  EXPECT_EQ(refusal(settings), "");
}

TEST_F(PostgresAccess, LetsInNobodyWithoutTheRightCertificate) {
  const processes::Authority ours(folder_.path("ours"));
  const processes::Authority theirs(folder_.path("theirs"));
  const std::string server = server_.folder() + "/tls";
  ours.give(server, "postgres");
  give_to_owner_of(server_.folder(), server + "/key.pem");
  restart_with(
      {"ssl = on", "ssl_cert_file = '" + server + "/certificate.pem'",
       "ssl_key_file = '" + server + "/key.pem'", "ssl_ca_file = '" + server + "/authorities.pem'"},
      "hostssl all kkr_test 127.0.0.1/32 cert\n");
  // Believing `believed`, and showing the certificate `name` that `issuer` gave.
  const auto attempt = [&](const processes::Authority& believed, const processes::Authority& issuer,
                           const std::string& name) {
    const std::string shown = folder_.path("client");
    std::filesystem::remove_all(shown);
    issuer.give(shown, name);
    return refusal({.conninfo = conninfo_ +
                                " host=postgres hostaddr=127.0.0.1 user=kkr_test"
                                " sslmode=verify-full sslrootcert=" +
                                believed.certificate().string() + " sslcert=" + shown +
                                "/certificate.pem sslkey=" + shown + "/key.pem"});
  };
  EXPECT_EQ(attempt(ours, ours, "kkr_test"), "");
  EXPECT_THAT(attempt(ours, ours, "kkr_other"), HasSubstr("certificate authentication failed"));
  EXPECT_THAT(attempt(ours, theirs, "kkr_test"), HasSubstr("unknown ca"));
  EXPECT_THAT(attempt(theirs, ours, "kkr_test"), HasSubstr("certificate verify failed"));
  EXPECT_THAT(refusal({.conninfo = conninfo_ + " user=kkr_test"}), HasSubstr("no pg_hba.conf"));
}

}  // namespace
}  // namespace kkr::platform
