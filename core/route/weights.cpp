#include "core/route/weights.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace fairway::route {
namespace {

    __extension__ using Wide = __int128; // products of two weights

    Wide sumOf(std::span<const std::int64_t> weights)
    {
        return std::accumulate(weights.begin(), weights.end(), Wide {0});
    }

    /// `total` parted in proportion to `parts` (evenly when they are all 0); the largest remainders get what is left over,
    /// the earlier one of equals first. Parts must not be negative.
    std::vector<std::int64_t> apportion(std::vector<std::int64_t> parts, std::int64_t total)
    {
        if (sumOf(parts) == 0)
            std::fill(parts.begin(), parts.end(), 1);
        const Wide sum = sumOf(parts);
        std::vector<std::int64_t> out;
        std::vector<std::pair<Wide, std::size_t>> remainders;
        std::int64_t given = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const Wide product = Wide {parts[i]} * total;
            out.push_back(static_cast<std::int64_t>(product / sum));
            given += out.back();
            remainders.emplace_back(product % sum, i);
        }
        std::stable_sort(
            remainders.begin(), remainders.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
        for (std::size_t i = 0; given < total; ++i, ++given)
            ++out[remainders[i].second];
        return out;
    }

    bool hasNegative(std::span<const std::int64_t> weights)
    {
        return std::any_of(weights.begin(), weights.end(), [](std::int64_t w) { return w < 0; });
    }

} // namespace

Allocation allocate(WeightRules rules, std::span<const std::int64_t> weights)
{
    Allocation out;
    out.shares.assign(weights.size(), 0.0);
    if (weights.empty())
        return out;
    if (hasNegative(weights)) {
        out.isRefused = true;
        out.failsAll = true;
        out.note = phrase("route", "a weight is negative: the API refuses it");
        return out;
    }
    const Wide sum = sumOf(weights);
    if (rules == WeightRules::Istio && weights.size() == 1) {
        out.shares[0] = 1;
        if (weights[0] == 0)
            return out; // also what a missing weight means
        if (weights[0] != 100)
            out.note = phrase("route", "a single destination gets every request, whatever its weight");
        return out;
    }
    if (sum == 0) {
        out.failsAll = true;
        if (rules == WeightRules::GatewayApi) {
            out.note = weights.size() == 1 ? phrase("route", "its only weight is 0: every request is answered 500")
                                           : phrase("route", "all weights are 0: every request is answered 500");
        } else {
            out.isRefused = true;
            out.note = phrase("route", "all weights are 0: Istio refuses the object");
        }
        return out;
    }
    for (std::size_t i = 0; i < weights.size(); ++i)
        out.shares[i] = static_cast<double>(weights[i]) / static_cast<double>(sum);
    return out;
}

std::vector<double> effectiveShares(WeightRules rules, std::span<const std::int64_t> weights)
{
    return allocate(rules, weights).shares;
}

std::int64_t maxWeight(WeightRules rules)
{
    switch (rules) {
    case WeightRules::GatewayApi:
        return 1'000'000;
    case WeightRules::NginxCanary:
        return 1'000'000'000;
    case WeightRules::Istio:
        break;
    }
    return std::numeric_limits<std::int32_t>::max();
}

std::string weightSummary(std::span<const std::int64_t> weights)
{
    if (weights.size() == 1)
        return "100";
    const bool isPercent = sumOf(weights) == 100;
    std::string out;
    for (const std::int64_t weight : weights)
        out += (out.empty() ? "" : isPercent ? " / " : " : ") + std::to_string(weight);
    return out;
}

Result<std::vector<std::int64_t>> normalise(std::span<const std::int64_t> weights, std::int64_t total)
{
    if (hasNegative(weights) || total < 0)
        return fail(ErrorCode::InvalidInput, "a weight is negative");
    if (sumOf(weights) == 0)
        return fail(ErrorCode::InvalidInput, "all weights are 0: there is no proportion to keep");
    const auto used = std::count_if(weights.begin(), weights.end(), [](std::int64_t w) { return w > 0; });
    if (used > total)
        return fail(ErrorCode::InvalidInput,
            std::to_string(used) + " destinations have a share, more than a total of " + std::to_string(total) + " can tell apart");
    std::vector<std::int64_t> out = apportion({weights.begin(), weights.end()}, total);
    // A destination that had traffic must not lose it by rounding.
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (weights[i] > 0 && out[i] == 0) {
            --*std::max_element(out.begin(), out.end());
            out[i] = 1;
        }
    }
    return out;
}

Result<std::vector<std::int64_t>> spreadRest(std::span<const std::int64_t> weights, const std::vector<bool> &locked,
    std::size_t index, std::int64_t value, std::int64_t total)
{
    if (index >= weights.size() || locked.size() != weights.size())
        return fail(ErrorCode::InvalidInput, "no such destination");
    if (hasNegative(weights) || total < 0)
        return fail(ErrorCode::InvalidInput, "a weight is negative");
    if (value < 0)
        return fail(ErrorCode::InvalidInput, "a weight can't be negative");
    Wide kept = 0;
    std::vector<std::int64_t> free;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (i == index)
            continue;
        if (locked[i])
            kept += weights[i];
        else
            free.push_back(weights[i]);
    }
    const Wide rest = Wide {total} - value - kept;
    const auto number = [](Wide n) { return std::to_string(static_cast<std::int64_t>(n)); };
    if (rest < 0) {
        if (kept == 0)
            return fail(ErrorCode::InvalidInput, "the total is " + std::to_string(total) + ": no more than that is possible");
        const Wide most = std::max(Wide {0}, Wide {total} - kept);
        return fail(ErrorCode::InvalidInput,
            "kept rows hold " + number(kept) + " of " + std::to_string(total) + ": at most " + number(most) + " is possible");
    }
    if (free.empty() && rest != 0) {
        return fail(ErrorCode::InvalidInput,
            weights.size() == 1 ? "the only destination takes the whole total of " + std::to_string(total)
                                : "no row is free to take the remaining " + number(rest) + ": stop keeping one");
    }
    const std::vector<std::int64_t> spread
        = free.empty() ? std::vector<std::int64_t>() : apportion(std::move(free), static_cast<std::int64_t>(rest));
    std::vector<std::int64_t> out(weights.begin(), weights.end());
    out[index] = value;
    std::size_t next = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i != index && !locked[i])
            out[i] = spread[next++];
    }
    return out;
}

std::vector<std::int64_t> moveDivider(std::span<const std::int64_t> weights, std::size_t divider, std::int64_t delta)
{
    std::vector<std::int64_t> out(weights.begin(), weights.end());
    if (out.size() < 2 || divider >= out.size() - 1 || out[divider] < 0 || out[divider + 1] < 0)
        return out;
    const std::int64_t step = std::clamp(delta, -out[divider], out[divider + 1]);
    out[divider] += step;
    out[divider + 1] -= step;
    return out;
}

} // namespace fairway::route
