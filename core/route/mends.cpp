#include "core/route/mends.h"

#include "core/route/edit_check.h"
#include "core/route/envoy_renames.h"
#include "core/route/mends_of_kinds.h"
#include "core/route/route_object.h"
#include "core/route/shape_reader.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace fairway::route {
namespace {

    using value::FieldEdit;
    using value::Value;

    constexpr int MostDepth = 60;           ///< Of an EnvoyFilter's patch, as where it is checked.
    constexpr std::size_t MostMends = 1000; ///< Of one object.

    Mend removal(const char *code, const std::string &pointer, Text title)
    {
        return mendAt(code, pointer, std::move(title), {{FieldEdit::Verb::Remove, pointer, {}}});
    }

    void mendExportTo(const Value &object, std::vector<Mend> &out)
    {
        const Value &entries = object["spec"]["exportTo"];
        const std::string_view ns = object["metadata"]["namespace"].stringOr("default");
        std::set<std::string, std::less<>> known;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const std::string_view entry = entries[i].stringOr();
            if (!entry.empty() && !known.insert(std::string(entry == "." ? ns : entry)).second)
                out.push_back(removal("IST0106", childPointer("/spec/exportTo", i), phrase("route", "Remove the repeated entry")));
        }
    }

    void mendRingSize(const Value &policy, const std::string &pointer, std::vector<Mend> &out)
    {
        const Value &hash = policy["loadBalancer"]["consistentHash"];
        const std::string at = pointer + "/loadBalancer/consistentHash";
        // With an algorithm beside it Istio refuses the object: which of the two was meant only its author knows.
        if (hash["minimumRingSize"].intOr(0) > 0 && hash["ringHash"].isNull() && hash["maglev"].isNull())
            out.push_back(moved("IST0133", at + "/minimumRingSize", at + "/ringHash/minimumRingSize", hash["minimumRingSize"], false,
                phrase("route", "Replace %1 by %2").with("minimumRingSize", "ringHash")));
    }

    void mendPolicies(const Value &policy, const std::string &pointer, std::vector<Mend> &out)
    {
        mendRingSize(policy, pointer, out);
        const Value &ports = policy["portLevelSettings"];
        for (std::size_t i = 0; i < ports.size(); ++i)
            mendRingSize(ports[i], childPointer(pointer + "/portLevelSettings", i), out);
    }

    void mendDestinationRule(const Value &object, std::vector<Mend> &out)
    {
        mendPolicies(object["spec"]["trafficPolicy"], "/spec/trafficPolicy", out);
        const Value &subsets = object["spec"]["subsets"];
        for (std::size_t i = 0; i < subsets.size(); ++i)
            mendPolicies(subsets[i]["trafficPolicy"], childPointer("/spec/subsets", i) + "/trafficPolicy", out);
    }

    void mendGateway(const Value &object, std::vector<Mend> &out)
    {
        const Value &servers = object["spec"]["servers"];
        for (std::size_t s = 0; s < servers.size(); ++s) {
            const Value &suites = servers[s]["tls"]["cipherSuites"];
            const std::string at = childPointer("/spec/servers", s) + "/tls/cipherSuites";
            std::set<std::string, std::less<>> known;
            for (std::size_t i = 0; i < suites.size(); ++i) {
                if (!suites[i].stringOr().empty() && !known.insert(std::string(suites[i].stringOr())).second)
                    out.push_back(removal("IST0133", childPointer(at, i), phrase("route", "Remove the repeated cipher suite")));
            }
        }
    }

    /// A host that stands there twice, or whose whole namespace does before it.
    void mendSidecar(const Value &object, std::vector<Mend> &out)
    {
        const Value &egress = object["spec"]["egress"];
        for (std::size_t e = 0; e < egress.size(); ++e) {
            const Value &hosts = egress[e]["hosts"];
            const std::string at = childPointer("/spec/egress", e) + "/hosts";
            std::set<std::string, std::less<>> known;
            for (std::size_t i = 0; i < hosts.size(); ++i) {
                const std::string host(hosts[i].stringOr());
                const std::size_t slash = host.find('/');
                if (slash == std::string::npos || host.starts_with('~'))
                    continue;
                const bool isCovered = known.contains(host.substr(0, slash) + "/*");
                if (!known.insert(host).second || isCovered)
                    out.push_back(removal("IST0133", childPointer(at, i), phrase("route", "Remove the host that is covered already")));
            }
        }
    }

    void mendTypes(const Value &node, const std::string &pointer, int depth, std::vector<Mend> &out)
    {
        if (depth > MostDepth)
            return;
        if (node.isList()) {
            for (std::size_t i = 0; i < node.size(); ++i)
                mendTypes(node[i], childPointer(pointer, i), depth + 1, out);
        } else if (node.isMap()) {
            for (const auto &[key, child] : node.asMap()) {
                const bool isType = key == "@type" || key == "type_url" || key == "typeUrl";
                const std::string_view now = isType ? presentEnvoyType(child.stringOr()) : std::string_view();
                if (!now.empty())
                    out.push_back(mendAt("IST0106", childPointer(pointer, key), phrase("route", "Write the type's name of today"),
                        {{FieldEdit::Verb::Set, childPointer(pointer, key), Value(now)}}));
                else
                    mendTypes(child, childPointer(pointer, key), depth + 1, out);
            }
        }
    }

    void mendFilterName(const Value &filter, const std::string &pointer, std::vector<Mend> &out)
    {
        if (const std::string_view now = presentFilterName(filter["name"].stringOr()); !now.empty())
            out.push_back(mendAt("IST0133", pointer + "/name", phrase("route", "Write the filter's name of today"),
                {{FieldEdit::Verb::Set, pointer + "/name", Value(now)}}));
    }

    void mendEnvoyFilter(const Value &object, std::vector<Mend> &out)
    {
        const Value &patches = object["spec"]["configPatches"];
        for (std::size_t i = 0; i < patches.size(); ++i) {
            const std::string here = childPointer("/spec/configPatches", i);
            const Value &filter = patches[i]["match"]["listener"]["filterChain"]["filter"];
            mendFilterName(filter, here + "/match/listener/filterChain/filter", out);
            mendFilterName(filter["subFilter"], here + "/match/listener/filterChain/filter/subFilter", out);
            mendTypes(patches[i]["patch"]["value"], here + "/patch/value", 0, out);
        }
    }

    /// False: together they would give the object a new error, and none was made.
    bool makeAll(Mended &mended, std::span<const Mend> mends)
    {
        std::vector<FieldEdit> edits;
        for (const Mend &mend : mends)
            edits.insert(edits.end(), mend.edits.begin(), mend.edits.end());
        if (edits.empty())
            return true;
        Result<Value> after = checkedEdit(mended.object, edits);
        if (!after)
            return false;
        mended.object = std::move(*after);
        mended.done.insert(mended.done.end(), mends.begin(), mends.end());
        return true;
    }

    struct Reason {
        std::string_view code;
        Text why;
    };

} // namespace

Mend mendAt(const char *code, std::string_view pointer, Text title, std::vector<FieldEdit> edits)
{
    return {code, displayPath(pointer), std::move(title), std::move(edits)};
}

Mend moved(const char *code, const std::string &old, const std::string &now, Value written, bool isThere, Text title)
{
    std::vector<FieldEdit> edits;
    if (!isThere) // where both stand, the newer one counts
        edits.push_back({FieldEdit::Verb::Set, now, std::move(written)});
    edits.push_back({FieldEdit::Verb::Remove, old, {}});
    return mendAt(code, old, std::move(title), std::move(edits));
}

std::vector<Mend> mendsOf(const Value &object)
{
    std::vector<Mend> out;
    mendWeights(object, out);
    if (!object["apiVersion"].stringOr().starts_with("networking.istio.io/"))
        return out;
    const std::string_view kind = object["kind"].stringOr();
    if (kind == "VirtualService")
        mendVirtualService(object, out);
    else if (kind == "DestinationRule")
        mendDestinationRule(object, out);
    else if (kind == "Gateway")
        mendGateway(object, out);
    else if (kind == "Sidecar")
        mendSidecar(object, out);
    else if (kind == "EnvoyFilter")
        mendEnvoyFilter(object, out);
    if (kind == "VirtualService" || kind == "DestinationRule" || kind == "ServiceEntry")
        mendExportTo(object, out);
    return out;
}

std::optional<Mend> mendFor(const Value &object, std::string_view code, std::string_view path)
{
    for (Mend &mend : mendsOf(object)) {
        if (mend.code == code && mend.path == path)
            return std::move(mend);
    }
    return std::nullopt;
}

Mended mendAll(const Value &object)
{
    Mended out {object, {}};
    std::set<std::string> refused; // codes and places where a mend would break something else
    while (out.done.size() < MostMends) {
        // From the end: what lies before keeps its place.
        std::vector<Mend> mends = mendsOf(out.object);
        std::erase_if(mends, [&](const Mend &mend) { return refused.contains(mend.code + mend.path); });
        std::reverse(mends.begin(), mends.end());
        const std::size_t before = out.done.size();
        if (!makeAll(out, mends)) {
            for (const Mend &mend : mends) {
                if (makeAll(out, {&mend, 1}))
                    break; // what is left may lie elsewhere now
                refused.insert(mend.code + mend.path);
            }
        }
        if (out.done.size() == before)
            break;
    }
    return out;
}

Text whyNotMended(std::string_view code)
{
    static const Reason reasons[] = {
        {"FW0003", phrase("route", "a weight of 0 may be meant to switch it off")},
        {"FW0004", phrase("route", "whole numbers that add up to 100 would change the shares")},
        {"FW0001", phrase("route", "what was meant can't be told from it")},
        {"FW0012", phrase("route", "what was meant can't be told from it")},
        {"IST0101", phrase("route", "only you know whether the name is wrong or the object is missing")},
        {"IST0130", phrase("route", "only you know whether the rule should go or stand earlier")},
        {"IST0131", phrase("route", "only you know whether the match should go or stand earlier")},
        {"FW0030", phrase("route", "only you know whether the rule should go or stand earlier")},
        {"FW0031", phrase("route", "only you know which of the two should come first")},
        {"FW0032", phrase("route", "only you know which of the two should come first")},
        {"FW0006", phrase("route", "it is no matter of the object: pods are not ready")},
        {"FW0007", phrase("route", "it is no matter of the object: pods are not ready")},
        {"IST0173", phrase("route", "only you know which labels the pods should have")},
    };
    for (const Reason &reason : reasons) {
        if (reason.code == code)
            return reason.why;
    }
    return phrase("route", "there is more than one way to mend it");
}

} // namespace fairway::route
