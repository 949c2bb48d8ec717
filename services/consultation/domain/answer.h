// What one municipality answers to one round.
#pragma once

namespace kkr::consultation {

struct Answer {};

}  // namespace kkr::consultation
