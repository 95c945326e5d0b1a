#include "core/route/reference_check.h"

#include "core/route/istio_config.h"
#include "core/route/validation_report.h"

#include <map>
#include <string>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::string_view kIstio = "networking.istio.io";

    std::string nameOfObject(const Value &object)
    {
        return std::string(object["kind"].stringOr()) + " " + fullNameOf(object);
    }

    std::string homeOf(const Value &object)
    {
        return std::string(object["metadata"]["namespace"].stringOr("default"));
    }

    class Delegates {
    public:
        explicit Delegates(const std::vector<const Value *> &services)
        {
            for (const Value *service : services) {
                m_byName.emplace(homeOf(*service) + "/" + std::string(nameOf(*service)), service);
                m_hasAny = m_hasAny || isDelegate(*service);
            }
        }

        void check(std::vector<ObjectFinding> &out, const Value &root) const
        {
            const Value &rules = root["spec"]["http"];
            for (std::size_t i = 0; i < rules.size() && !isDelegate(root); ++i) {
                const Value &delegate = rules[i]["delegate"];
                if (!delegate.isMap())
                    continue;
                const std::string_view ns = delegate["namespace"].stringOr();
                const std::string key = (ns.empty() ? homeOf(root) : std::string(ns)) + "/" + std::string(delegate["name"].stringOr());
                const auto found = m_byName.find(key);
                const auto tell = [&](Severity severity, Text message) {
                    out.push_back({nameOfObject(root), severity, "IST0101", field(item("spec.http", i), "delegate"), std::move(message)});
                };
                if (found == m_byName.end())
                    tell(m_hasAny ? Severity::Error : Severity::Warning,
                        phrase("route", "delegate not found: \"%1\"; without it the rule does nothing").with(key));
                else if (!isDelegate(*found->second))
                    tell(Severity::Error, phrase("route", "VirtualService %1 has hosts of its own: nothing can be delegated to it").with(key));
                else if (!isExported(*found->second, homeOf(root)))
                    tell(Severity::Error, phrase("route", "VirtualService %1 is not exported to %2: the rule does nothing").with(key, homeOf(root)));
            }
        }

    private:
        static bool isDelegate(const Value &service) { return service["spec"]["hosts"].size() == 0; }

        static bool isExported(const Value &leaf, const std::string &to)
        {
            std::vector<std::string> exportTo;
            for (std::size_t i = 0; i < leaf["spec"]["exportTo"].size(); ++i)
                exportTo.emplace_back(leaf["spec"]["exportTo"][i].stringOr());
            return IstioConfig::isExported(exportTo, homeOf(leaf), to);
        }

        std::map<std::string, const Value *, std::less<>> m_byName;
        bool m_hasAny = false;
    };

    void tellUnknownGateways(std::vector<ObjectFinding> &out, const Value &service)
    {
        const Value &names = service["spec"]["gateways"];
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (const std::string_view name = names[i].stringOr(); !name.empty() && name != "mesh")
                out.push_back({nameOfObject(service), Severity::Info, "FW0026", item("spec.gateways", i),
                    phrase("route", "whether there is a Gateway %1 can't be known from these objects: none of them is a Gateway").with(name)});
        }
    }

    void tellRepeated(std::vector<ObjectFinding> &out, std::span<const Value> objects)
    {
        std::map<std::string, const Value *, std::less<>> known;
        for (const Value &object : objects) {
            const std::string_view version = object["apiVersion"].stringOr();
            const std::size_t slash = version.find('/');
            const std::string name = fullNameOf(object);
            if (nameOf(object).empty())
                continue; // nameless ones are told of elsewhere, or get a name from the server
            const std::string group(slash == std::string_view::npos ? std::string_view() : version.substr(0, slash));
            const auto [first, isNew] = known.emplace(group + "\n" + nameOfObject(object), &object);
            if (isNew || first->second == nullptr)
                continue;
            const bool isSame = *first->second == object;
            out.push_back({nameOfObject(object), isSame ? Severity::Info : Severity::Warning, "FW0027", {},
                isSame ? phrase("route", "this object stands here more than once, each time the same")
                       : phrase("route", "this object stands here more than once, and not the same: there can be only one, and which one is a matter of order")});
            first->second = nullptr; // told once
        }
    }

} // namespace

void checkReferences(std::vector<ObjectFinding> &out, const AnalysisInput &input, std::span<const Value> objects)
{
    const std::vector<const Value *> &services = input.all(kIstio, "VirtualService");
    const Delegates delegates(services);
    const bool hasGateways = !input.all(kIstio, "Gateway").empty() || !input.all("gateway.networking.k8s.io", "Gateway").empty();
    for (const Value *service : services) {
        delegates.check(out, *service);
        if (!hasGateways)
            tellUnknownGateways(out, *service);
    }
    tellRepeated(out, objects);
}

} // namespace fairway::route
