#pragma once

#include "core/base/clock.h"
#include "core/gotemplate/function.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace fairway::funcs {

/// What random functions give, and the time of day, held still from run to run, so that outputs of two runs differ only where their
/// templates and values do.
///
/// Shape:   a draw is known by its place (what was entered), function, arguments and how often that came before in the run: a call more
///          or less elsewhere moves nothing. Bytes follow from that and the seed. Keys and certificates can't be made from a seed: they
///          are kept, and the same call gets the same again.
/// Threads: one run at a time.
class PinnedRandom {
public:
    PinnedRandom(std::uint64_t seed, std::chrono::system_clock::time_point now);

    /// Another run begins: what was drawn before comes again.
    void begin();
    /// What runs from now on: the path of a template.
    void enter(std::string_view place);

    /// Stands still at `now`.
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    /// Whether the present run asked for anything random, or for the time: what may be different without pinning.
    [[nodiscard]] bool wasUsed() const { return m_wasUsed || m_clock.wasAsked; }

    // For the functions.

    /// Names the draw that this call makes now.
    [[nodiscard]] std::string draw(std::string_view function, std::span<const value::Value> arguments);
    /// Where the bytes of a draw begin.
    [[nodiscard]] std::uint64_t seedOf(std::string_view draw) const;
    /// A key or certificate that an earlier run made in this draw; null: none.
    [[nodiscard]] const value::Value *kept(const std::string &draw) const;
    void keep(std::string draw, value::Value made);

private:
    struct StillClock final : Clock {
        [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override { return SystemClock().steadyNow(); }
        [[nodiscard]] std::chrono::system_clock::time_point systemNow() const override
        {
            wasAsked = true;
            return now;
        }
        std::chrono::system_clock::time_point now {};
        mutable bool wasAsked = false;
    };

    std::uint64_t m_seed;
    StillClock m_clock;
    std::string m_place;
    std::map<std::string, std::size_t> m_counts; ///< Draws of this run by what names them.
    std::map<std::string, value::Value> m_kept;
    bool m_wasUsed = false;
};

} // namespace fairway::funcs
