#pragma once

#include "core/base/result.h"
#include "core/route/call.h"
#include "core/route/log_facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// A request read from something people have at hand.
struct CallText {
    enum class Form { Url, Curl, AccessLog, Http };
    Form form = Form::Url;
    Call call;
    LogFacts log; ///< Of an access log that Envoy wrote.
    std::vector<Text> notes; ///< What the text does not say or what was left out: "the log line names no host".
};

/// Reads one of
///   - a URL: "https://shop.example/cart?x=1", "shop.example/cart";
///   - a curl command, with the quoting of a shell: method, headers, data, user agent, cookies, user;
///   - a line of an access log: Envoy's or Istio's default text, JSON with their names, nginx's and Apache's;
///   - the head of an HTTP request, in one line too: "GET /cart x-tester: true".
/// Errors: InvalidInput with what is missing; texts over 64 KiB.
[[nodiscard]] Result<CallText> parseCallText(std::string_view text);

} // namespace fairway::route
