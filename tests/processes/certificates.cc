#include "tests/processes/certificates.h"

#include <fstream>

#include "tests/processes/child_process.h"

namespace kkr::processes {
namespace {

constexpr const char* kNewKey = "ec";  // Made in no time.
constexpr const char* kCurve = "ec_paramgen_curve:prime256v1";

}  // namespace

Authority::Authority(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  run({"openssl", "req", "-x509", "-newkey", kNewKey, "-pkeyopt", kCurve, "-nodes", "-days", "2",
       "-subj", "/CN=authority", "-keyout", folder_ / "authority.key", "-out", certificate()});
}

void Authority::give(const std::filesystem::path& folder, const std::string& dns_name) const {
  std::filesystem::create_directories(folder);
  const auto request = folder / "request.pem";
  const auto extensions = folder / "extensions.txt";
  std::ofstream(extensions) << "subjectAltName=DNS:" << dns_name << "\n"
                            << "extendedKeyUsage=serverAuth,clientAuth\n";
  run({"openssl", "req", "-newkey", kNewKey, "-pkeyopt", kCurve, "-nodes", "-subj",
       "/CN=" + dns_name, "-keyout", folder / "key.pem", "-out", request});
  run({"openssl", "x509", "-req", "-in", request, "-CA", certificate(), "-CAkey",
       folder_ / "authority.key", "-CAcreateserial", "-days", "2", "-extfile", extensions, "-out",
       folder / "certificate.pem"});
  std::filesystem::copy_file(certificate(), folder / "authorities.pem",
                             std::filesystem::copy_options::overwrite_existing);
}

}  // namespace kkr::processes
