#include "core/route/header_text.h"
#include "core/route/log_facts.h"
#include "core/route/regex_sample.h"

#include <re2/re2.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway;

/// Short texts that objects and logs bring: expressions, header values, names of clusters. A sample of an expression without anchors
/// and word boundaries fits it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (text.size() > 512)
        return 0;
    if (const auto sample = route::sampleOfRegex(text); sample && text.find_first_of("^$\\") == std::string_view::npos) {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(1 << 20);
        const RE2 expression({text.data(), text.size()}, options);
        if (expression.ok() && !RE2::FullMatch(*sample, expression))
            std::abort();
    }
    route::Call call;
    call.client = text;
    call.request.headers = {{"x-id", std::string(text)}};
    (void)route::addressOf(text);
    (void)route::headerTextNeeds(text);
    if (route::headerText(text, call).text.size() > text.size() * (text.size() + 8) + 64)
        std::abort();
    (void)route::parseClusterName(text);
    (void)route::flagWords(text);
    return 0;
}
