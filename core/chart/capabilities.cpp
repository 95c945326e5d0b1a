#include "core/chart/capabilities.h"

#include "core/chart/go_text.h"
#include "core/funcs/semver.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace fairway::chart {

namespace {

struct ApiGroup {
    std::string_view name;
    std::string_view versions;   ///< Separated by blanks, preferred first.
    std::string_view inHelm3 {}; ///< Where they differ.
};

/// Groups and versions of k8s.io/client-go 1.35 (1.32 in Helm 3) and of apiextensions.
constexpr ApiGroup apiGroups[] = {
    {"", "v1"},
    {"admissionregistration.k8s.io", "v1 v1alpha1 v1beta1"},
    {"internal.apiserver.k8s.io", "v1alpha1"},
    {"apps", "v1 v1beta1 v1beta2"},
    {"authentication.k8s.io", "v1 v1alpha1 v1beta1"},
    {"authorization.k8s.io", "v1 v1beta1"},
    {"autoscaling", "v1 v2 v2beta1 v2beta2"},
    {"batch", "v1 v1beta1"},
    {"certificates.k8s.io", "v1 v1beta1 v1alpha1"},
    {"coordination.k8s.io", "v1alpha2 v1beta1 v1"},
    {"discovery.k8s.io", "v1 v1beta1"},
    {"events.k8s.io", "v1 v1beta1"},
    {"extensions", "v1beta1"},
    {"flowcontrol.apiserver.k8s.io", "v1 v1beta1 v1beta2 v1beta3"},
    {"networking.k8s.io", "v1 v1beta1", "v1 v1alpha1 v1beta1"},
    {"node.k8s.io", "v1 v1alpha1 v1beta1"},
    {"policy", "v1 v1beta1"},
    {"rbac.authorization.k8s.io", "v1 v1beta1 v1alpha1"},
    {"resource.k8s.io", "v1 v1beta2 v1beta1 v1alpha3", "v1beta1 v1alpha3"},
    {"scheduling.k8s.io", "v1alpha1 v1beta1 v1"},
    {"storage.k8s.io", "v1beta1 v1 v1alpha1"},
    {"storagemigration.k8s.io", "v1beta1", "v1alpha1"},
    {"apiextensions.k8s.io", "v1beta1 v1"},
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// k8s.io/apimachinery's lenient parser of versions: at least two numbers, anything behind them.
Result<KubeVersion> parseGeneric(std::string_view text)
{
    std::string_view rest = text;
    while (!rest.empty() && (rest.front() == ' ' || (rest.front() >= '\t' && rest.front() <= '\r' && rest.front() != '\v')))
        rest.remove_prefix(1);
    if (rest.starts_with('v'))
        rest.remove_prefix(1);
    std::size_t end = 0;
    while (end < rest.size() && (isDigit(rest[end]) || (rest[end] == '.' && end > 0 && end + 1 < rest.size() && isDigit(rest[end + 1]))))
        ++end;
    if (end == 0 || rest.find('\n', end) != std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "could not parse " + goQuoted(text) + " as version");
    const std::string_view numbers = rest.substr(0, end);
    if (numbers.find('.') == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "illegal version string " + goQuoted(text));

    std::vector<std::string> components;
    for (std::string_view left = numbers;;) {
        const std::size_t dot = left.find('.');
        const std::string_view component = left.substr(0, dot);
        if (components.empty() && component.size() > 1 && component.front() == '0')
            return fail(ErrorCode::InvalidInput, "illegal zero-prefixed version component " + goQuoted(component) + " in " + goQuoted(text));
        std::uint64_t number = 0;
        if (std::from_chars(component.data(), component.data() + component.size(), number).ec != std::errc())
            return fail(ErrorCode::InvalidInput, "illegal non-numeric version component " + goQuoted(component) + " in " + goQuoted(text)
                + ": strconv.ParseUint: parsing " + goQuoted(component) + ": value out of range");
        components.push_back(std::to_string(number));
        if (dot == std::string_view::npos)
            break;
        left.remove_prefix(dot + 1);
    }
    KubeVersion version;
    version.version = (text.starts_with('v') ? "" : "v") + std::string(text);
    version.normalized = "v" + components[0];
    for (std::size_t i = 1; i < components.size(); ++i)
        version.normalized += "." + components[i];
    version.major = components[0];
    version.minor = components[1];
    return version;
}

} // namespace

Capabilities defaultCapabilities(HelmVersion helm)
{
    Capabilities capabilities;
    const bool isV4 = helm == HelmVersion::V4;
    const std::string minor = isV4 ? "35" : "32";
    capabilities.kubeVersion = {"v1." + minor + ".0", "v1." + minor + ".0", "1", minor};
    for (const ApiGroup &group : apiGroups) {
        std::string_view versions = isV4 || group.inHelm3.empty() ? group.versions : group.inHelm3;
        while (!versions.empty()) {
            const std::string_view version = versions.substr(0, versions.find(' '));
            versions.remove_prefix(std::min(versions.size(), version.size() + 1));
            capabilities.apiVersions.push_back((group.name.empty() ? "" : std::string(group.name) + "/") + std::string(version));
        }
    }
    if (isV4)
        capabilities.helm = {"v4.1.4", "05fa37973dc9e42b76e1d2883494c87174b6074f", "clean", "go1.25.9", "v1.35"};
    else
        capabilities.helm = {"v3.17.2", "cc0bbbd6d6276b83880042c1ecb34087e84d41eb", "clean", "go1.23.7", {}};
    return capabilities;
}

Result<KubeVersion> parseKubeVersion(std::string_view text, HelmVersion helm)
{
    if (helm == HelmVersion::V4)
        return parseGeneric(text);
    const auto parsed = funcs::SemanticVersion::parse(text, funcs::SemverRelease::V33);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const std::string version = "v" + parsed->toString();
    return KubeVersion {version, version, std::to_string(parsed->major()), std::to_string(parsed->minor())};
}

} // namespace fairway::chart
