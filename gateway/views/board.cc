#include <algorithm>

#include "gateway/views/fetch.h"
#include "gateway/views/view_caller.h"
#include "kkr/consultation/v1/rounds.pb.h"
#include "kkr/notification/v1/sends.pb.h"
#include "kkr/registry/v1/region.pb.h"

namespace kkr::gateway {
namespace {

namespace consultation = kkr::consultation::v1;
namespace notification = kkr::notification::v1;
namespace registry = kkr::registry::v1;
using std::chrono::system_clock;

constexpr int kRowsMax = 1000;

// Sends go on without a log telling of it: a board is not kept while some are on their way.
bool some_on_their_way(const notification::RoundNotices& notices) {
  return std::any_of(notices.counts().begin(), notices.counts().end(), [](const auto& count) {
    return count.state() == notification::Send::STATE_PLANNED ||
           count.state() == notification::Send::STATE_SENDING ||
           count.state() == notification::Send::STATE_DEFERRED;
  });
}

}  // namespace

boost::asio::awaitable<CallReply> view_board(GrpcCaller& services,
                                             const v1::GetBoardRequest& request,
                                             const CallContext& context) {
  registry::GetRegionRequest get_region;
  get_region.set_name(region_name_of(request.name()));
  consultation::GetRoundRequest get_round;
  get_round.set_name(request.name());
  consultation::ListInviteesRequest list_invitees;
  list_invitees.set_parent(request.name());
  list_invitees.set_page_size(kRowsMax);

  notification::GetRoundNoticesRequest get_notices;
  get_notices.set_name(request.name() + "/notices");

  Fetch fetch(services, context);
  const auto round = fetch.add("kkr.consultation.v1.RoundService.GetRound", get_round);
  const auto rows = fetch.add("kkr.consultation.v1.RoundService.ListInvitees", list_invitees);
  const auto region = fetch.add("kkr.registry.v1.RegionService.GetRegion", get_region);
  const auto sent = fetch.add("kkr.notification.v1.SendService.GetRoundNotices", get_notices);
  co_await fetch.run();
  if (auto failure = fetch.failure()) co_return CallReply{*std::move(failure), nullptr, {}, ""};

  auto board = std::make_unique<v1::Board>();
  std::optional<system_clock::time_point> next_change;
  board->set_name(request.name());
  if (const auto* got = fetch.reply<registry::Region>(region)) *board->mutable_region() = *got;
  if (const auto* got = fetch.reply<consultation::Round>(round)) {
    *board->mutable_round() = *got;
    board->mutable_round()->clear_state_reason();
  }
  if (const auto* got = fetch.reply<consultation::ListInviteesResponse>(rows)) {
    *board->mutable_invitees() = got->invitees();
    *board->mutable_counts() = got->counts();
    if (got->has_next_change_time()) {
      *board->mutable_next_change_time() = got->next_change_time();
      next_change = to_chrono(got->next_change_time());
    }
  }
  bool settled = true;
  if (const auto* got = fetch.reply<notification::RoundNotices>(sent)) {
    *board->mutable_notices() = got->municipalities();
    settled = !some_on_their_way(*got);
  }
  *board->mutable_parts() = fetch.parts();
  CallReply whole = fetch.finish(std::move(board), next_change);
  whole.freshness.is_complete = whole.freshness.is_complete && settled;
  co_return whole;
}

}  // namespace kkr::gateway
