#include "core/funcs/bcrypt.h"

#include "core/base/late_library.h"

#include <crypt.h>

#include <memory>

namespace fairway::funcs {

namespace {

#define FAIRWAY_LIBCRYPT_FUNCTIONS(F) F(crypt_rn)

struct LibCrypt {
    static constexpr LateLibraryName name {"libcrypt.so.1", "libcrypt1"};
    FAIRWAY_LATE_FUNCTIONS(FAIRWAY_LIBCRYPT_FUNCTIONS)
};

/// bcrypt's own alphabet and order, without padding.
std::string encodedSalt(std::string_view salt)
{
    constexpr std::string_view alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::string out;
    unsigned pending = 0;
    unsigned bits = 0;
    for (const char c : salt) {
        pending = pending << 8U | static_cast<unsigned char>(c);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out += alphabet[pending >> bits & 0x3FU];
        }
    }
    if (bits > 0)
        out += alphabet[pending << (6 - bits) & 0x3FU];
    return out;
}

} // namespace

gotemplate::TemplateResult<std::string> bcryptHash(std::string_view password, std::string_view salt)
{
    constexpr std::size_t longest = 72;
    if (password.size() > longest)
        return gotemplate::failCall("bcrypt: password length exceeds 72 bytes");
    const auto library = LateLibrary<LibCrypt>::load();
    if (!library)
        return tl::unexpected(gotemplate::TemplateError(library.error()));
    const auto data = std::make_unique<crypt_data>();
    const std::string setting = "$2a$10$" + encodedSalt(salt);
    const char *hash = (*library)->crypt_rn(std::string(password).c_str(), setting.c_str(), data.get(), sizeof(crypt_data));
    if (hash == nullptr)
        return gotemplate::failCall("crypt: this libcrypt has no bcrypt");
    return std::string(hash);
}

} // namespace fairway::funcs
