// The logs of one service, one per region: for each its store, its appender, its attachments and
// its relay. Opens a region's log on first use and keeps it open.
#pragma once

namespace kkr::platform {

// API contract, filled in by the appender's author:
//
//   template <class Domain> struct RegionLog {
//     const std::string& region() const;
//     Appender<Domain>& appender();
//     StatePtr<Domain> state() const;
//     EventStore& store();
//     AttachmentStore& attachments();
//   };
//   template <class Domain> class RegionLogs {
//    public:
//     // Null when the service knows no such region and `knows_region` denies it.
//     RegionLog<Domain>* find(std::string_view region);
//     void for_each(...);
//   };

}  // namespace kkr::platform
