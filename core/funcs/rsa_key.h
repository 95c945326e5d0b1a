#pragma once

#include "core/base/openssl.h"

namespace fairway::funcs {

class PrimeStock;

/// An RSA key of two primes and the exponent 65537. Null when libcrypto fails; its queue of errors then says why. libcrypto must be
/// open. The primes are taken from `stock` if they have the right size; otherwise they are looked for on this thread and one more.
///
/// OpenSSL 3.0's own generator tries each prime 64 times whatever its size, which takes several times as long as finding it: a chart
/// that makes ten certificates took longer than with helm. `bits` is even and at least 2048.
/// Source: FIPS 186-5, A.1.3; see PrimeSearch.
[[nodiscard]] KeyHandle makeRsaKey(int bits, PrimeStock *stock = nullptr);

} // namespace fairway::funcs
