// Where the letters of all regions leave: the mail channel, who is asked before one goes, and an
// outbox for each region. Made once for the service.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/notification/api/calls.h"
#include "services/notification/config.h"
#include "services/notification/letters/mail_carrier.h"
#include "services/notification/send_tables.h"
#include "services/notification/sending/outboxes.h"
#include "services/notification/sending/owners.h"
#include "services/notification/webhooks/routes.h"
#include "services/platform/mail/dkim_signer.h"
#include "services/platform/ports/ports.h"

namespace kkr::notification {

class PostRoom {
 public:
  // Throws std::runtime_error when the key that signs cannot be used. All but `config` must outlive
  // this.
  PostRoom(platform::Ports& ports, const Config& config, OwnerClient& owners, SendTables& tables);

  // Opens the region's outbox; before anything follows other logs into its log. Where the table
  // cannot be opened nothing is sent, and the log of the site says why.
  void open(Log& log);
  const Outboxes& outboxes() const { return outboxes_; }
  // Finishes the messages under way.
  void stop() { outboxes_.stop(); }

 private:
  std::unique_ptr<LetterDesk> desk_for(Log& log);
  Carrier& carrier_for(Log& log);

  platform::Ports& ports_;
  SendTables& tables_;
  const Config config_;
  OwnerClient& owners_;
  const std::unique_ptr<platform::MailChannel> channel_;
  std::unique_ptr<platform::DkimSigner> signer_;  // Null: mails are not signed.
  MailCarrier mail_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<RoutedCarrier>> carriers_;  // One for each region.
  platform::WorkerPool dispatching_;
  platform::WorkerPool sending_;
  Outboxes outboxes_;
};

}  // namespace kkr::notification
