// Calendar feeds over gRPC.
#pragma once

#include "kkr/notification/v1/feeds.grpc.pb.h"
#include "services/notification/api/calls.h"
#include "services/notification/app/deadline_calendar.h"
#include "services/platform/time/clock.h"

namespace kkr::notification {

class FeedApi final : public v1::FeedService::CallbackService {
 public:
  // Logs and clock must outlive the API.
  FeedApi(Logs& logs, const platform::Clock& clock, CalendarOrigin origin)
      : logs_(logs), clock_(clock), origin_(std::move(origin)) {}

  grpc::ServerUnaryReactor* CreateFeed(grpc::CallbackServerContext* call,
                                       const v1::CreateFeedRequest* request,
                                       v1::Feed* reply) override;
  grpc::ServerUnaryReactor* RevokeFeed(grpc::CallbackServerContext* call,
                                       const v1::RevokeFeedRequest* request,
                                       v1::Feed* reply) override;
  grpc::ServerUnaryReactor* GetFeed(grpc::CallbackServerContext* call,
                                    const v1::GetFeedRequest* request, v1::Feed* reply) override;
  grpc::ServerUnaryReactor* ListFeeds(grpc::CallbackServerContext* call,
                                      const v1::ListFeedsRequest* request,
                                      v1::ListFeedsResponse* reply) override;
  grpc::ServerUnaryReactor* ReadCalendar(grpc::CallbackServerContext* call,
                                         const v1::ReadCalendarRequest* request,
                                         google::api::HttpBody* reply) override;

 private:
  Logs& logs_;
  const platform::Clock& clock_;
  const CalendarOrigin origin_;
};

}  // namespace kkr::notification
