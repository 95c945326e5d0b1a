#include "core/base/openssl.h"

namespace fairway {

Result<void> loadOpenSsl()
{
    if (const auto crypto = LateLibrary<LibCrypto>::load(); !crypto)
        return tl::unexpected(crypto.error());
    if (const auto ssl = LateLibrary<LibSsl>::load(); !ssl)
        return tl::unexpected(ssl.error());
    return {};
}

std::string takeOpenSslReason()
{
    const unsigned long code = libcrypto().ERR_get_error();
    libcrypto().ERR_clear_error();
    if (code == 0)
        return "unknown reason";
    const char *text = libcrypto().ERR_reason_error_string(code);
    return text != nullptr ? text : "error " + std::to_string(code);
}

} // namespace fairway
