#include "core/lab/identity.h"

#include <string_view>

namespace fairway::lab {

namespace {

/// Kubernetes leaves out vowels and look-alikes, so that no name says something rude.
constexpr std::string_view SafeLetters = "bcdfghjklmnpqrstvwxz2456789";

} // namespace

IdentitySource::IdentitySource(std::uint64_t seed)
    : m_random(seed)
{
}

std::string IdentitySource::suffix()
{
    const std::scoped_lock lock(m_mutex);
    std::string text;
    for (int i = 0; i < 5; ++i)
        text += SafeLetters[m_random.below(SafeLetters.size())];
    return text;
}

std::string IdentitySource::uid()
{
    constexpr std::string_view digits = "0123456789abcdef";
    const std::scoped_lock lock(m_mutex);
    std::string text;
    std::uint64_t bits = 0;
    for (int i = 0; i < 32; ++i) {
        if (i % 16 == 0)
            bits = m_random.next();
        if (i == 8 || i == 12 || i == 16 || i == 20)
            text += '-';
        const std::uint64_t digit = bits & 15;
        bits >>= 4;
        text += i == 12 ? '4' : i == 16 ? digits[8 + (digit & 3)] : digits[digit];
    }
    return text;
}

std::uint64_t IdentitySource::serial()
{
    const std::scoped_lock lock(m_mutex);
    return ++m_serial;
}

std::string templateHash(std::string_view text)
{
    std::uint64_t hash = 14695981039346656037U; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    std::string result;
    for (int i = 0; i < 10; ++i) {
        result += SafeLetters[hash % SafeLetters.size()];
        hash /= SafeLetters.size();
    }
    return result;
}

} // namespace fairway::lab
