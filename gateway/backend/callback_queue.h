// A guard against a fault of gRPC 1.51.
#pragma once

namespace kkr::gateway {

// Keeps the queue that callback calls share for as long as the process lives. Without, it goes with
// the last channel or server that uses it, and its threads now and then abort on the way
// ("assertion failed: prior > 0"). May be called any number of times.
void keep_callback_queue();

}  // namespace kkr::gateway
