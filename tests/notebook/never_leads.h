// Whoever keeps these leases gives none to this process, and tells it of nothing.
#pragma once

#include <chrono>
#include <string>

#include "services/platform/lease/log_roles.h"

namespace kkr::notebook {

class NeverLeads final : public platform::LogRoles {
 public:
  void watch(const std::string&, platform::LeasedLog&) override {}
  void forget(const std::string&) override {}
  void lost(const std::string&) override {}
  bool surely_held(const std::string&) override { return false; }
  bool await_leader(const std::string&, std::chrono::milliseconds) override { return true; }
};

}  // namespace kkr::notebook
