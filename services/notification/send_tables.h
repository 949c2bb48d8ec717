// The port that opens the table of a region's sends, wherever the site keeps it.
#pragma once

#include <memory>
#include <string>

#include "services/notification/sending/send_table.h"

namespace kkr::notification {

class SendTables {
 public:
  virtual ~SendTables() = default;

  // Makes the table when there is none. Null when it cannot be opened: then a line of the log says
  // why, and nothing is sent for the region. Called once for each region, while its log is opened.
  virtual std::unique_ptr<SendTable> open(const std::string& region) = 0;
};

}  // namespace kkr::notification
