#pragma once

#include "core/http/header_field.h"
#include "core/http/request_parser.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// What request and response heads share; inside core/http only.
namespace fairway::http {

/// Outcome of looking for the end of a line or of the head.
struct ScanStep {
    std::size_t end = 0; ///< Octet after the line end; 0: more bytes needed.
    Refusal refusal;
};

/// Looks for the CRLF that ends the line starting at `from`. `tooLong` is the status when no end comes within `limit`.
[[nodiscard]] ScanStep scanLine(std::string_view bytes, std::size_t from, std::size_t limit, Refusal tooLong);
/// Looks for the empty line, line by line from `scanned` (start of a line), which is moved on so that nothing is looked at
/// twice however the bytes arrive.
[[nodiscard]] ScanStep scanHeadEnd(std::string_view bytes, std::size_t &scanned, std::size_t limit);

/// Splits the field lines of a head (`block` ends with the CRLF of its last line) into `fields`.
struct FieldBlock {
    std::size_t count = 0;
    Refusal refusal;
};
[[nodiscard]] FieldBlock splitFields(std::string_view block, std::size_t maxFields, std::span<HeaderField> fields);

/// Splits a block into `storage`, leaves the fields in `fields`, and gives each known one to `apply`, which may refuse it.
template <typename Apply>
[[nodiscard]] Refusal readFields(std::string_view block, std::size_t maxFields, std::span<HeaderField> storage,
                                 std::span<const HeaderField> &fields, Apply apply)
{
    const FieldBlock split = splitFields(block, maxFields, storage);
    if (split.refusal.isSet()) {
        return split.refusal;
    }
    fields = storage.first(split.count);
    for (const HeaderField &field : fields) {
        if (field.id != HeaderId::Other) {
            if (const Refusal refusal = apply(field); refusal.isSet()) {
                return refusal;
            }
        }
    }
    return {};
}

/// Decimal digits only, below 2^63.
[[nodiscard]] bool readLength(std::string_view digits, std::uint64_t &length);

} // namespace fairway::http
