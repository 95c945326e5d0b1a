#include "core/funcs/derive_password.h"

#include "core/base/openssl.h"

#include <array>
#include <span>

namespace fairway::funcs {

namespace {

// Templates and characters of the algorithm's specification.
constexpr std::string_view Maximum[] = {"anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"};
constexpr std::string_view Long[] = {"CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv",
    "CvccCvcvCvcvno", "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc", "CvcvCvcvnoCvcc", "CvcvCvcvCvccno",
    "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno", "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno", "CvccnoCvcvCvcc",
    "CvccCvcvnoCvcc", "CvccCvcvCvccno"};
constexpr std::string_view Medium[] = {"CvcnoCvc", "CvcCvcno"};
constexpr std::string_view Short[] = {"Cvcn"};
constexpr std::string_view Basic[] = {"aaanaaan", "aannaaan", "aaannaaa"};
constexpr std::string_view Pin[] = {"nnnn"};

std::span<const std::string_view> templatesOf(std::string_view type)
{
    if (type == "maximum")
        return Maximum;
    if (type == "long")
        return Long;
    if (type == "medium")
        return Medium;
    if (type == "short")
        return Short;
    if (type == "basic")
        return Basic;
    if (type == "pin")
        return Pin;
    return {};
}

std::string_view charactersOf(char kind)
{
    switch (kind) {
    case 'V': return "AEIOU";
    case 'C': return "BCDFGHJKLMNPQRSTVWXYZ";
    case 'v': return "aeiou";
    case 'c': return "bcdfghjklmnpqrstvwxyz";
    case 'a': return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    case 'n': return "0123456789";
    case 'o': return "@&%?,=[]_:-+*$#!'^~;()/.";
    default: return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()";
    }
}

constexpr std::string_view Scope = "com.lyndir.masterpassword";

void appendNumber(std::string &out, std::uint32_t number)
{
    for (unsigned shift = 32; shift > 0; shift -= 8)
        out += static_cast<char>(number >> (shift - 8) & 0xFFU);
}

std::string scoped(std::string_view word)
{
    std::string out(Scope);
    appendNumber(out, static_cast<std::uint32_t>(word.size()));
    return out.append(word);
}

const unsigned char *bytesOf(const std::string &text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

} // namespace

gotemplate::TemplateResult<std::string> derivePassword(std::uint32_t counter, std::string_view type, std::string_view password,
    std::string_view user, std::string_view site)
{
    const auto templates = templatesOf(type);
    if (templates.empty())
        return "cannot find password template " + std::string(type);
    if (const auto loaded = LateLibrary<LibCrypto>::load(); !loaded)
        return tl::unexpected(gotemplate::TemplateError(loaded.error()));
    const std::string salt = scoped(user);
    std::array<unsigned char, 64> key {};
    constexpr std::uint64_t memory = std::uint64_t {64} << 20; // N=32768, r=8 take 32 MiB.
    if (libcrypto().EVP_PBE_scrypt(password.data(), password.size(), bytesOf(salt), salt.size(), 32768, 8, 2, memory, key.data(), key.size()) != 1)
        return "failed to derive password: " + takeOpenSslReason();
    std::string message = scoped(site);
    appendNumber(message, counter);
    std::array<unsigned char, EVP_MAX_MD_SIZE> seed {};
    unsigned size = 0;
    libcrypto().HMAC(libcrypto().EVP_sha256(), key.data(), static_cast<int>(key.size()), bytesOf(message), message.size(), seed.data(), &size);
    const std::string_view pattern = templates[seed[0] % templates.size()];
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::string_view characters = charactersOf(pattern[i]);
        out += characters[seed[i + 1] % characters.size()];
    }
    return out;
}

} // namespace fairway::funcs
