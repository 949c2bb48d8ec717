// The sends of each region in a file beside its log, which goes with the log's backups.
#pragma once

#include "services/notification/send_tables.h"
#include "services/platform/embedded/embedded_ports.h"

namespace kkr::notification {

class SqliteSendTables final : public SendTables {
 public:
  // `ports` must outlive the tables that are opened, and the backups end before them.
  explicit SqliteSendTables(platform::EmbeddedPorts& ports) : ports_(ports) {}

  std::unique_ptr<SendTable> open(const std::string& region) override;

 private:
  platform::EmbeddedPorts& ports_;
};

}  // namespace kkr::notification
