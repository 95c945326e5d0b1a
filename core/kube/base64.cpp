#include "core/kube/base64.h"

#include <cstdint>

namespace fairway::kube {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int sextet(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

} // namespace

std::optional<std::string> decodeBase64(std::string_view text)
{
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int digits = 0;
    int padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            continue;
        }
        if (c == '=') {
            ++padding;
            continue;
        }
        const int value = sextet(c);
        if (value < 0 || padding > 0) {
            return std::nullopt;
        }
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        if (++digits == 4) {
            out += static_cast<char>((bits >> 16U) & 0xFFU);
            out += static_cast<char>((bits >> 8U) & 0xFFU);
            out += static_cast<char>(bits & 0xFFU);
            bits = 0;
            digits = 0;
        }
    }
    if (digits == 1 || (digits == 0 ? padding != 0 : digits + padding != 4)) {
        return std::nullopt;
    }
    if (digits == 2) {
        out += static_cast<char>((bits >> 4U) & 0xFFU);
    } else if (digits == 3) {
        out += static_cast<char>((bits >> 10U) & 0xFFU);
        out += static_cast<char>((bits >> 2U) & 0xFFU);
    }
    return out;
}

std::string encodeBase64(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            bits = (bits << 8U) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        out += alphabet[(bits >> 18U) & 63U];
        out += alphabet[(bits >> 12U) & 63U];
        out += i + 1 < bytes.size() ? alphabet[(bits >> 6U) & 63U] : '=';
        out += i + 2 < bytes.size() ? alphabet[bits & 63U] : '=';
    }
    return out;
}

} // namespace fairway::kube
