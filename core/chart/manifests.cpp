#include "core/chart/manifests.h"

#include "core/chart/go_text.h"
#include "core/chart/manifest_head.h"
#include "core/chart/paths.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace fairway::chart {

namespace {

constexpr std::array<std::string_view, 9> eventNames {"pre-install", "post-install", "pre-delete", "post-delete", "pre-upgrade",
    "post-upgrade", "pre-rollback", "post-rollback", "test"};

constexpr std::string_view installOrder[] = {
    "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget",
    "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim",
    "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList", "Role", "RoleList",
    "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment",
    "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress", "APIService",
    "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", // these two: Helm 4 only
};
constexpr std::size_t helm3Kinds = std::size(installOrder) - 2;

/// Comparing keys of a stable sort: known kinds by their place, then the others by name.
class KindOrder {
public:
    explicit KindOrder(HelmVersion version)
    {
        const std::size_t count = version == HelmVersion::V4 ? std::size(installOrder) : helm3Kinds;
        for (std::size_t i = 0; i < count; ++i)
            m_places.emplace(installOrder[i], i);
    }

    template <typename Item>
    void sort(std::vector<Item> &items) const
    {
        std::stable_sort(items.begin(), items.end(), [this](const Item &a, const Item &b) {
            const std::size_t placeA = placeOf(a.kind);
            const std::size_t placeB = placeOf(b.kind);
            return placeA != placeB ? placeA < placeB : placeA == unknown && a.kind < b.kind;
        });
    }

private:
    static constexpr std::size_t unknown = std::size(installOrder);
    [[nodiscard]] std::size_t placeOf(const std::string &kind) const
    {
        const auto found = m_places.find(kind);
        return found == m_places.end() ? unknown : found->second;
    }

    std::unordered_map<std::string_view, std::size_t> m_places;
};

std::string smallTrimmed(std::string_view text)
{
    std::string small(trimSpace(text));
    for (char &c : small)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return small;
}

std::vector<std::string> listOf(std::string_view text)
{
    std::vector<std::string> items;
    for (;;) {
        const std::size_t comma = text.find(',');
        items.push_back(smallTrimmed(text.substr(0, comma)));
        if (comma == std::string_view::npos)
            return items;
        text.remove_prefix(comma + 1);
    }
}

std::optional<HookEvent> eventOf(std::string_view name)
{
    if (name == "test-success") // Helm 2's
        return HookEvent::Test;
    for (std::size_t i = 0; i < eventNames.size(); ++i) {
        if (name == eventNames[i])
            return static_cast<HookEvent>(i);
    }
    return std::nullopt;
}

/// Nothing when one of the events is unknown: such a hook is left out.
std::optional<Hook> hookOf(Manifest manifest, const ManifestHead &head, const std::string &types)
{
    Hook hook;
    static_cast<Manifest &>(hook) = std::move(manifest);
    for (const std::string &name : listOf(types)) {
        const std::optional<HookEvent> event = eventOf(name);
        if (!event)
            return std::nullopt;
        hook.events.push_back(*event);
    }
    const auto annotation = [&](std::string_view key) -> const std::string * {
        const auto found = head.annotations.find(key);
        return found == head.annotations.end() ? nullptr : &found->second;
    };
    std::int64_t weight = 0;
    if (const std::string *const text = annotation("helm.sh/hook-weight"); text && parseGoInt(*text, weight))
        hook.weight = static_cast<int>(std::clamp<std::int64_t>(weight, INT32_MIN, INT32_MAX));
    if (const std::string *const policies = annotation("helm.sh/hook-delete-policy"))
        hook.deletePolicies = listOf(*policies);
    if (const std::string *const policies = annotation("helm.sh/hook-output-log-policy"))
        hook.outputLogPolicies = listOf(*policies);
    return hook;
}

bool isMark(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

} // namespace

std::string_view toString(HookEvent event)
{
    return eventNames[static_cast<std::size_t>(event)];
}

std::vector<std::string_view> splitManifests(std::string_view text)
{
    text = trimSpace(text);
    std::vector<std::string_view> documents;
    const auto add = [&](std::string_view piece) {
        if (!piece.empty())
            documents.push_back(trimSpace(piece));
    };
    // A mark stands at the start of the text or behind a line break that belongs to no mark before it, and takes the white space
    // on both its sides.
    std::size_t start = 0;
    std::size_t search = 0;
    if (text.starts_with("---")) {
        start = 3;
        while (start < text.size() && isMark(text[start]))
            ++start;
        search = start;
    }
    for (;;) {
        const std::size_t newline = text.find("\n---", search);
        if (newline == std::string_view::npos)
            break;
        std::size_t end = newline;
        while (end > start && isMark(text[end - 1]))
            --end;
        add(text.substr(start, end - start));
        start = newline + 4;
        while (start < text.size() && isMark(text[start]))
            ++start;
        search = start;
    }
    add(text.substr(start));
    return documents;
}

Result<SortedManifests> sortManifests(const std::map<std::string, std::string> &files, const Messages &messages)
{
    SortedManifests sorted;
    ManifestHeadReader heads(messages.version());
    for (const auto &[path, content] : files) {
        if (basePath(path).starts_with('_'))
            continue;
        for (const std::string_view document : splitManifests(content)) {
            Result<ManifestHead> head = heads.read(document);
            if (!head)
                return failWith("YAML parse error on " + path, head.error());
            Manifest manifest {path, std::string(document), head->apiVersion, head->kind, head->name,
                static_cast<std::size_t>(document.data() - content.data())};
            const auto hookTypes = head->annotations.find(std::string_view("helm.sh/hook"));
            if (hookTypes == head->annotations.end()) {
                sorted.manifests.push_back(std::move(manifest));
            } else if (std::optional<Hook> hook = hookOf(std::move(manifest), *head, hookTypes->second)) {
                sorted.hooks.push_back(std::move(*hook));
            } else {
                messages.structured("INFO", "skipping unknown hooks", {{"hookTypes", hookTypes->second}});
                messages.plain("manifest_sorter.go:190", "info: skipping unknown hook: " + goQuoted(hookTypes->second));
            }
        }
    }
    const KindOrder order(messages.version());
    order.sort(sorted.hooks);
    order.sort(sorted.manifests);
    return sorted;
}

} // namespace fairway::chart
