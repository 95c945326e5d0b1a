#include "core/route/finding_words.h"

#include <string>

namespace fairway::route {
namespace {

    struct Same {
        std::string_view code;
        std::string_view kind; ///< Empty: any.
        std::string_view part; ///< Of the path; empty: any.
        std::string_view word; ///< Of the message; empty: any.
        std::string_view kiali;
    };

    /// The first that fits counts.
    constexpr Same All[] = {
        {"IST0101", "VirtualService", "gateways", "", "KIA1102"},
        {"IST0101", "VirtualService", ".subset", "", "KIA1107"},
        {"IST0101", "VirtualService", ".route[", "No subset", "KIA1107"},
        {"IST0101", "VirtualService", ".route[", "", "KIA1101"},
        {"IST0101", "VirtualService", "destination", "", "KIA1101"},
        {"IST0101", "Gateway", "spec.selector", "", "KIA0302"},
        {"IST0101", "Sidecar", "workloadSelector", "", "KIA0004"},
        {"IST0109", "VirtualService", "", "", "KIA1106"},
        {"IST0111", "Sidecar", "", "", "KIA0002"},
        {"IST0110", "Sidecar", "", "", "KIA0003"},
        {"IST0118", "Service", "", "", "KIA0601"},
        {"IST0145", "Gateway", "", "", "KIA0301"},
        {"IST0173", "", "", "", "KIA0203"},
        {"IST0174", "DestinationRule", "", "", "KIA0202"},
        {"FW0003", "VirtualService", "", "", "KIA1104"},
        {"FW0022", "", "", "NoMatchingParent", "KIA1401"},
        {"FW0023", "", "", "not found", "KIA1402"},
    };

    bool has(std::string_view text, std::string_view part)
    {
        return part.empty() || text.find(part) != std::string_view::npos;
    }

} // namespace

std::string_view kialiCode(std::string_view code, std::string_view object, std::string_view path, std::string_view message)
{
    const std::string_view kind = object.substr(0, object.find(' '));
    for (const Same &same : All) {
        if (same.code == code && (same.kind.empty() || same.kind == kind) && has(path, same.part) && has(message, same.word))
            return same.kiali;
    }
    return {};
}

bool isSaidBefore(std::string_view toldCode, std::string_view toldPath, std::string_view code, std::string_view path)
{
    if (toldCode == code || (toldCode == "FW0002" && code == "FW0024"))
        return path.starts_with(toldPath);
    return toldCode == "FW0001" && code == "IST0106" && path == toldPath;
}

Text titleOfCode(std::string_view code)
{
    struct Words {
        std::string_view code;
        Text text;
    };
    static const Words all[] = {
        {"IST0002", phrase("route", "A deprecated field or kind")},
        {"IST0101", phrase("route", "A reference leads nowhere")},
        {"IST0106", phrase("route", "Istio would refuse it")},
        {"IST0109", phrase("route", "Two VirtualServices speak for one host in the mesh")},
        {"IST0110", phrase("route", "Two Sidecars select the same pod")},
        {"IST0111", phrase("route", "Two Sidecars without a selector")},
        {"IST0112", phrase("route", "A destination needs its port")},
        {"IST0118", phrase("route", "A port's name says no protocol")},
        {"IST0128", phrase("route", "Certificates of servers are not verified")},
        {"IST0129", phrase("route", "Certificates of servers are not verified")},
        {"IST0130", phrase("route", "A rule that can't be reached")},
        {"IST0131", phrase("route", "A match that changes nothing")},
        {"IST0132", phrase("route", "A host that the gateway does not serve")},
        {"IST0133", phrase("route", "Istio would warn")},
        {"IST0134", phrase("route", "A ServiceEntry needs addresses")},
        {"IST0138", phrase("route", "Two gateways share a certificate")},
        {"IST0140", phrase("route", "Ingress traffic does not pass its rules")},
        {"IST0145", phrase("route", "Two Gateways claim the same host and port")},
        {"IST0149", phrase("route", "Claims are matched that nobody verifies")},
        {"IST0151", phrase("route", "An EnvoyFilter depends on what others do")},
        {"IST0152", phrase("route", "An EnvoyFilter operation that is ignored")},
        {"IST0153", phrase("route", "An EnvoyFilter operation that is ignored")},
        {"IST0154", phrase("route", "An EnvoyFilter operation that is ignored")},
        {"IST0155", phrase("route", "An EnvoyFilter depends on what others do")},
        {"IST0161", phrase("route", "A gateway's certificate can't be used")},
        {"IST0162", phrase("route", "A gateway's port is not one of its Service")},
        {"IST0165", phrase("route", "A generated gateway is named")},
        {"IST0171", phrase("route", "A controller says no")},
        {"IST0173", phrase("route", "A subset selects no pods")},
        {"IST0174", phrase("route", "A DestinationRule for a host nobody knows")},
        {"IST0176", phrase("route", "The Gateway API's version is too old")},
        {"IST0177", phrase("route", "ServiceEntries contradict each other")},
        {"FW0001", phrase("route", "Not what its schema says")},
        {"FW0012", phrase("route", "A field its kind does not have")},
        {"FW0020", phrase("route", "More than the Gateway API takes")},
        {"FW0021", phrase("route", "The Gateway API would refuse it")},
        {"FW0022", phrase("route", "A parent does not accept the route")},
        {"FW0023", phrase("route", "A backend that can't be used")},
        {"FW0024", phrase("route", "No backend has a share")},
        {"FW0025", phrase("route", "A listener that its Gateway does not open")},
        {"FW0026", phrase("route", "A Gateway that is not among these objects")},
        {"FW0027", phrase("route", "An object that stands here more than once")},
        {"FW0028", phrase("route", "An expression that nginx can't read")},
        {"FW0029", phrase("route", "A fault that hits no request")},
        {"FW0030", phrase("route", "A rule that never runs")},
        {"FW0031", phrase("route", "Another object's rule comes first")},
        {"FW0032", phrase("route", "Two rules could take the same request")},
    };
    for (const Words &words : all) {
        if (words.code == code)
            return words.text;
    }
    return {};
}

} // namespace fairway::route
