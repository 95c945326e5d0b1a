#pragma once

#include "core/base/clock.h"
#include "core/funcs/pattern_cache.h"
#include "core/funcs/semver.h"
#include "core/gotemplate/function.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace fairway::funcs {

using gotemplate::FunctionMap;
using value::Value;

class PinnedRandom;
class PrimeStock;

/// Where functions get what is not in their arguments. Defaults are the machine's own.
struct FunctionContext {
    const Clock *clock = nullptr; ///< now, ago, certificates; null: the system's.
    /// What rand*, uuidv4, keys and salts take their bytes from; null: the operating system. The clock is not taken from it.
    PinnedRandom *pinned = nullptr;
    /// IANA name of the local time zone ("Europe/Berlin"); empty: TZ or /etc/localtime.
    std::string timeZone;
    SemverRelease semver = SemverRelease::V34; ///< Set by registerHelm() after HelmContext::helmVersion.
    PatternCache patterns;
    /// How many certificates with keys of their own the templates may ask for (see countKeyCalls()). Asked at the first function that
    /// takes long to make a secret: primes for them are then looked for beside the render. Null: at none.
    std::function<std::size_t()> expectedKeys;
    std::shared_ptr<PrimeStock> primes; ///< Kept by the functions.
};

/// How often a template's text names a function that makes a certificate with a new key.
[[nodiscard]] std::size_t countKeyCalls(std::string_view text);

/// What the chart engine knows and Helm's functions ask.
struct HelmContext {
    FunctionContext base;
    bool isLint = false;   ///< required and fail let pass, as in `helm lint`.
    bool isStrict = false; ///< tpl runs with missing keys as errors.
    int helmVersion = 4;   ///< 3: without mustToYaml, … ; names of types as Helm 3 prints them.
    bool resolveHosts = false; ///< getHostByName asks the network; otherwise it gives "".
    /// lookup: an object (name given) or a list; an empty map when there is none. Null: always an empty map.
    std::function<gotemplate::TemplateResult<Value>(
        std::string_view apiVersion, std::string_view kind, std::string_view nameSpace, std::string_view name)>
        lookup;
    /// required, fail and lint say here what Helm logs while it lints ("missing required value"). Null: nowhere.
    std::function<void(std::string_view what, std::string_view message)> log;

    /// How deep each named template is in itself: include refuses beyond 1000. Kept by the functions.
    std::map<std::string, int, std::less<>> includeDepth;
};

/// Around the text of fail and required in an error's message, as Helm puts them: what prints the error shows what is between.
inline constexpr std::string_view WarningStart = "HELM_ERR_START";
inline constexpr std::string_view WarningEnd = "HELM_ERR_END";

/// Sprig's functions, those that Helm exposes (without env and expandenv). `context` must outlive the map.
void registerSprig(FunctionMap &functions, FunctionContext &context);
/// Sprig's and Helm's: include, tpl, required, fail, lookup, to/from Yaml, Json, Toml. Keeps state for one render (the depth of
/// includes), so a HelmContext serves one render at a time and must outlive the map.
void registerHelm(FunctionMap &functions, HelmContext &context);

} // namespace fairway::funcs
