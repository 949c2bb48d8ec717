// A payment as a caller sees it: what was recorded, and what the state adds to it.
#pragma once

#include "kkr/financing/v1/payments.pb.h"
#include "services/financing/app/texts.h"
#include "services/financing/domain/payment.h"

namespace kkr::financing {

v1::Payment shown(const Payment& payment, Texts& texts);

}  // namespace kkr::financing
