#include "core/route/ingress_check.h"

#include "core/route/ingress_annotations.h"

#include <re2/re2.h>

namespace fairway::route {
namespace {

    using value::Value;

    void checkExpression(Report &report, const std::string &path, std::string_view pattern)
    {
        re2::RE2::Options options(re2::RE2::Quiet);
        const re2::RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
        if (compiled.ok())
            return;
        switch (compiled.error_code()) {
        case re2::RE2::ErrorBadPerlOp:
        case re2::RE2::ErrorBadEscape: // also a back reference
        case re2::RE2::ErrorBadNamedCapture:
        case re2::RE2::ErrorRepeatSize:
        case re2::RE2::ErrorPatternTooLarge:
            report.warn(path, phrase("route", "%1: nginx may read this expression, Fairway can't: requests are not compared with it here").with(compiled.error()), "FW0028");
            return;
        default:
            report.error(path, phrase("route", "this is no regular expression: %1").with(compiled.error()), "FW0028");
        }
    }

} // namespace

void checkIngress(Report &report, const Value &object)
{
    if (object["kind"].stringOr() != "Ingress")
        return;
    const bool isCanary = !ingressAnnotation(object, "canary").empty();
    if (const std::string pattern = ingressAnnotation(object, "canary-by-header-pattern"); isCanary && !pattern.empty())
        checkExpression(report, "metadata.annotations.nginx.ingress.kubernetes.io/canary-by-header-pattern", pattern);
    if (isCanary || (ingressAnnotation(object, "use-regex") != "true" && ingressAnnotation(object, "rewrite-target").empty()))
        return;
    const Value &rules = object["spec"]["rules"];
    for (std::size_t r = 0; r < rules.size(); ++r) {
        const Value &paths = rules[r]["http"]["paths"];
        for (std::size_t p = 0; p < paths.size(); ++p) {
            if (const std::string_view path = paths[p]["path"].stringOr(); !path.empty())
                checkExpression(report, field(item(field(item("spec.rules", r), "http.paths"), p), "path"), path);
        }
    }
}

} // namespace fairway::route
