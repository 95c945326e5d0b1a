#include "core/route/istio_config.h"

#include "core/route/route_object.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fairway::route {
namespace {

    using value::Value;

    std::string_view kindOf(const Value &match)
    {
        for (const char *kind : {"regex", "exact", "prefix"}) {
            if (!match[kind].stringOr().empty())
                return kind;
        }
        return {};
    }

    /// Whether no text fits both as far as Istio looks: it compares prefixes and equal texts, never expressions.
    bool conflicts(const Value &root, const Value &leaf)
    {
        if (root.isNull() || leaf.isNull())
            return false;
        const std::string_view rootKind = kindOf(root);
        const std::string_view leafKind = kindOf(leaf);
        if (rootKind == "regex" || leafKind == "regex")
            return true;
        const std::string_view rootText = rootKind.empty() ? std::string_view() : root[rootKind].stringOr();
        const std::string_view leafText = leafKind.empty() ? std::string_view() : leaf[leafKind].stringOr();
        if (rootKind == "exact")
            return leafKind != "exact" || rootText != leafText;
        if (rootKind == "prefix" && !leafKind.empty())
            return !leafText.starts_with(rootText);
        return true;
    }

    bool anyConflicts(const Value &root, const Value &leaf)
    {
        if (!leaf.isMap())
            return false;
        return std::any_of(leaf.asMap().begin(), leaf.asMap().end(),
            [&](const auto &entry) { return conflicts(root[entry.first], entry.second); });
    }

    bool gatewaysConflict(const Value &root, const Value &leaf)
    {
        if (root.size() == 0 || leaf.size() == 0)
            return false;
        if (root.size() < leaf.size())
            return true;
        for (std::size_t i = 0; i < leaf.size(); ++i) {
            bool isKnown = false;
            for (std::size_t r = 0; r < root.size(); ++r)
                isKnown = isKnown || root[r].stringOr() == leaf[i].stringOr();
            if (!isKnown)
                return true;
        }
        return false;
    }

    bool matchesConflict(const Value &root, const Value &leaf)
    {
        for (const char *key : {"uri", "scheme", "method", "authority"}) {
            if (conflicts(root[key], leaf[key]))
                return true;
        }
        for (const char *key : {"headers", "withoutHeaders", "queryParams"}) {
            if (anyConflicts(root[key], leaf[key]))
                return true;
        }
        if (root["ignoreUriCase"].boolOr(false) != leaf["ignoreUriCase"].boolOr(false))
            return true;
        const std::int64_t rootPort = root["port"].intOr(0);
        const std::int64_t leafPort = leaf["port"].intOr(0);
        if (rootPort > 0 && leafPort > 0 && rootPort != leafPort)
            return true;
        const std::string_view rootNs = root["sourceNamespace"].stringOr();
        if (!rootNs.empty() && rootNs != leaf["sourceNamespace"].stringOr())
            return true;
        const Value &labels = leaf["sourceLabels"];
        if (labels.isMap()) {
            for (const auto &[key, label] : labels.asMap()) {
                const Value &other = root["sourceLabels"][key];
                if (!other.isNull() && other.stringOr() != label.stringOr())
                    return true;
            }
        }
        return gatewaysConflict(root["gateways"], leaf["gateways"]);
    }

    Value mergedMap(const Value &root, const Value &leaf)
    {
        if (!root.isMap())
            return leaf;
        Value out = value::deepCopy(root);
        if (leaf.isMap()) {
            for (const auto &[key, item] : leaf.asMap())
                out.set(key, item);
        }
        return out;
    }

    std::string joinedName(const Value &root, const Value &leaf)
    {
        const std::string first(root["name"].stringOr());
        const std::string second(leaf["name"].stringOr());
        return first.empty() || second.empty() ? first + second : first + "-" + second;
    }

    Value mergedMatch(const Value &root, const Value &leaf)
    {
        Value out = value::deepCopy(leaf.isMap() ? leaf : Value::map());
        for (const char *key : {"uri", "scheme", "method", "authority", "port", "sourceNamespace", "gateways", "statPrefix"}) {
            if (out[key].isNull() && !root[key].isNull())
                out.set(key, root[key]);
        }
        for (const char *key : {"headers", "withoutHeaders", "queryParams", "sourceLabels"}) {
            if (Value merged = mergedMap(root[key], leaf[key]); !merged.isNull())
                out.set(key, std::move(merged));
        }
        if (const std::string name = joinedName(root, leaf); !name.empty())
            out.set("name", Value(name));
        return out;
    }

    constexpr std::size_t kMaxMatches = 2000;

    /// nullopt when a match of the delegate fits none of the root's.
    std::optional<Value> mergedMatches(const Value &root, const Value &leaf)
    {
        if (root.size() == 0)
            return leaf;
        if (leaf.size() == 0)
            return root;
        Value out = Value::list();
        for (std::size_t i = 0; i < leaf.size(); ++i) {
            bool isFound = false;
            for (std::size_t r = 0; r < root.size() && out.size() < kMaxMatches; ++r) {
                if (matchesConflict(root[r], leaf[i]))
                    continue;
                out.append(mergedMatch(root[r], leaf[i]));
                isFound = true;
            }
            if (!isFound)
                return std::nullopt;
        }
        return out;
    }

    /// Names of the delegate resolve in its own namespace, so they are written out before its rules move.
    void qualifyHosts(Value &rule, std::string_view ns, std::string_view domain)
    {
        const auto qualify = [&](Value target) {
            if (target.isMap() && target["host"].isString())
                target.set("host", Value(fullHost(target["host"].asString(), ns, domain)));
        };
        for (std::size_t i = 0; i < rule["route"].size(); ++i)
            qualify(rule["route"][i]["destination"]);
        for (std::size_t i = 0; i < rule["mirrors"].size(); ++i)
            qualify(rule["mirrors"][i]["destination"]);
        qualify(rule["mirror"]);
    }

    /// Both are maps.
    std::optional<Value> mergedRule(const Value &root, const Value &leaf, std::string_view ns, std::string_view domain)
    {
        std::optional<Value> matches = mergedMatches(root["match"], leaf["match"]);
        if (!matches)
            return std::nullopt;
        Value out = value::deepCopy(leaf);
        qualifyHosts(out, ns, domain);
        if (!matches->isNull())
            out.set("match", std::move(*matches));
        if (const std::string name = joinedName(root, leaf); !name.empty())
            out.set("name", Value(name));
        static constexpr std::array<const char *, 11> Inherited {"rewrite", "directResponse", "timeout", "retries", "fault", "mirror",
            "mirrorPercent", "mirrorPercentage", "corsPolicy", "mirrors", "headers"};
        for (const char *key : Inherited) {
            if (out[key].isNull() && !root[key].isNull())
                out.set(key, root[key]);
        }
        return out;
    }

    constexpr std::size_t kMaxRules = 2000;

} // namespace

void mergeDelegates(MeshVirtualService &root, const std::map<std::string, const Value *> &delegates, std::string_view domain,
    std::vector<Text> &notes)
{
    const Value rules = root.object["spec"]["http"];
    if (!rules.isList())
        return;
    const auto hasDelegate = [](const Value &rule) { return rule["delegate"].isMap(); };
    const bool isPlain = std::none_of(rules.asList().begin(), rules.asList().end(), hasDelegate);
    Value merged = Value::list();
    for (std::size_t i = 0; i < rules.size() && merged.size() < kMaxRules; ++i) {
        const Value &rule = rules[i];
        const int index = static_cast<int>(i);
        if (!hasDelegate(rule)) {
            root.sources.push_back({root.route.ns, root.route.name, index, false, index});
            merged.append(rule);
            continue;
        }
        const std::string_view ns = rule["delegate"]["namespace"].stringOr();
        const std::string key = (ns.empty() ? root.route.ns : std::string(ns)) + "/" + std::string(rule["delegate"]["name"].stringOr());
        const auto found = delegates.find(key);
        const std::string where = "VirtualService " + root.key() + " http[" + std::to_string(i) + "]";
        if (found == delegates.end()) {
            notes.push_back(phrase("route", "%1 delegates to %2, which does not exist or has hosts of its own").with(where, key));
            continue;
        }
        const std::string leafNs = key.substr(0, key.find('/'));
        const Value &to = (*found->second)["spec"]["exportTo"];
        std::vector<std::string> exportTo;
        for (std::size_t e = 0; e < to.size(); ++e)
            exportTo.emplace_back(to[e].stringOr());
        if (!IstioConfig::isExported(exportTo, leafNs, root.route.ns)) {
            notes.push_back(phrase("route", "%1 delegates to %2, which is not exported to %3").with(where, key, root.route.ns));
            continue;
        }
        const Value &leaves = (*found->second)["spec"]["http"];
        for (std::size_t j = 0; j < leaves.size() && merged.size() < kMaxRules; ++j) {
            const std::string leaf = key + " http[" + std::to_string(j) + "]";
            if (!leaves[j].isMap()) {
                notes.push_back(phrase("route", "%1: %2 is no rule: it is left out").with(where, leaf));
                continue;
            }
            if (hasDelegate(leaves[j])) {
                notes.push_back(phrase("route", "%1: %2 delegates again, which Istio does not follow").with(where, leaf));
                continue;
            }
            std::optional<Value> one = mergedRule(rule, leaves[j], leafNs, domain);
            if (!one) {
                notes.push_back(phrase("route", "%1: the matches of %2 fit none of the root's: it is left out").with(where, leaf));
                continue;
            }
            root.sources.push_back({leafNs, key.substr(leafNs.size() + 1), static_cast<int>(j), true, index});
            merged.append(std::move(*one));
        }
    }
    if (isPlain)
        return;
    root.object = value::deepCopy(root.object);
    Value spec = root.object["spec"];
    spec.set("http", std::move(merged));
}

} // namespace fairway::route
