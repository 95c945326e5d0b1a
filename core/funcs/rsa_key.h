#pragma once

#include "core/base/openssl.h"

namespace fairway::funcs {

/// An RSA key of two primes and the exponent 65537, made on this thread and one more. Null when libcrypto fails; its queue of errors
/// then says why. libcrypto must be open.
///
/// OpenSSL 3.0's own generator tries each prime 64 times whatever its size, which takes several times as long as finding it: a chart
/// that makes ten certificates took longer than with helm. Arithmetic and randomness are OpenSSL's all the same.
/// `bits` is even and at least 2048: fewer are left to OpenSSL.
/// Source: FIPS 186-5, A.1.3 (probable primes) and B.3.1 (Miller-Rabin); rounds by its table B.1 and three more.
[[nodiscard]] KeyHandle makeRsaKey(int bits);

} // namespace fairway::funcs
