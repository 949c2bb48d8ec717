#include "tests/contract/postgres_server.h"

#include <arpa/inet.h>
#include <grp.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "cannot run PostgreSQL: %s\n", why.c_str());
  std::abort();
}

// The newest that Debian has installed.
std::string program(const std::string& name) {
  std::vector<fs::path> versions;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql"))
    versions.push_back(entry.path() / "bin" / name);
  if (versions.empty()) give_up("no version of it is installed");
  return *std::max_element(versions.begin(), versions.end());
}

// PostgreSQL refuses to run as root.
const passwd* unprivileged_user() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  if (user == nullptr) user = ::getpwnam("nobody");
  if (user == nullptr) give_up("there is neither a user postgres nor nobody");
  return user;
}

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket, generic, size) != 0 || ::getsockname(socket, generic, &size) != 0)
    give_up("no port is free");
  ::close(socket);
  return ntohs(address.sin_port);
}

// Starts the program as the unprivileged user, in a process group of its own, its words in `log`.
pid_t spawn(const std::vector<std::string>& command, const std::string& folder,
            const std::string& log) {
  const passwd* const user = unprivileged_user();
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::setpgid(0, 0);
  if (user != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // After the change of user, which forgets it.
  if (::getppid() != parent || ::chdir(folder.c_str()) != 0) ::_exit(126);
  if (std::freopen(log.c_str(), "a", stdout) == nullptr || ::dup2(1, 2) < 0) ::_exit(126);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

bool ends_well(pid_t child) {
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

PostgresServer::PostgresServer(PostgresServerOptions options)
    : options_(std::move(options)), port_(free_port()) {
  if (const passwd* const user = unprivileged_user();
      user != nullptr && ::chown(folder().c_str(), user->pw_uid, user->pw_gid) != 0)
    give_up("cannot give away its folder");
  const std::string log = folder_.path("log");
  if (!ends_well(
          spawn({program("initdb"), "-D", folder_.path("cluster"), "--no-sync", "--auth", "trust",
                 "--username", "kkr", "--encoding", "UTF8", "--locale", "C", "--wal-segsize", "1"},
                folder(), log)))
    give_up("initdb fails, see " + log);
  start();
}

PostgresServer::~PostgresServer() {
  if (pid_ != 0) kill();
}

std::vector<std::string> PostgresServer::command() const {
  std::vector<std::string> words{
      program("postgres"),  "-D", folder_.path("cluster"), "-k", folder(), "-p",
      std::to_string(port_)};
  std::vector<std::string> settings{
      "listen_addresses=127.0.0.1", "shared_buffers=16MB", "max_connections=60",
      std::string("fsync=") + (options_.fsync ? "on" : "off"),
      std::string("full_page_writes=") + (options_.fsync ? "on" : "off")};
  settings.insert(settings.end(), options_.settings.begin(), options_.settings.end());
  for (const auto& setting : settings) {
    words.emplace_back("-c");
    words.push_back(setting);
  }
  return words;
}

void PostgresServer::start() {
  pid_ = spawn(command(), folder(), folder_.path("log"));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(40);
  while (!answers()) {
    if (::waitpid(pid_, nullptr, WNOHANG) == pid_ || std::chrono::steady_clock::now() > deadline)
      give_up("it does not come up, see " + folder_.path("log"));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

bool PostgresServer::answers() const {
  return PQping(
             ("host=" + folder() + " port=" + std::to_string(port_) + " dbname=postgres user=kkr")
                 .c_str()) == PQPING_OK;
}

std::string PostgresServer::new_database() {
  const std::string name = "kkr" + std::to_string(++databases_);
  const std::string server =
      "host=127.0.0.1 port=" + std::to_string(port_) + " user=kkr sslmode=disable dbname=";
  PGconn* const connection = PQconnectdb((server + "postgres").c_str());
  PGresult* const made = PQexec(connection, ("CREATE DATABASE " + name).c_str());
  if (PQresultStatus(made) != PGRES_COMMAND_OK) give_up(PQerrorMessage(connection));
  PQclear(made);
  PQfinish(connection);
  return server + name;
}

void PostgresServer::stop() { end(SIGINT); }
void PostgresServer::kill() { end(SIGQUIT); }

void PostgresServer::end(int signal) {
  if (pid_ == 0) return;
  thaw();
  ::kill(pid_, signal);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

void PostgresServer::freeze() { signal_all(SIGSTOP); }
void PostgresServer::thaw() { signal_all(SIGCONT); }

// Each process of a PostgreSQL leads a group of its own, so that they are found by their parent.
void PostgresServer::signal_all(int signal) {
  ::kill(pid_, signal);
  const std::string children =
      "/proc/" + std::to_string(pid_) + "/task/" + std::to_string(pid_) + "/children";
  if (std::FILE* file = std::fopen(children.c_str(), "r")) {
    int child = 0;
    while (std::fscanf(file, "%d", &child) == 1) ::kill(child, signal);
    std::fclose(file);
  }
}

}  // namespace kkr::platform
