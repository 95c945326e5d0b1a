#include "core/kube/credentials.h"
#include "core/kube/discovery.h"
#include "core/kube/kubeconfig.h"
#include "core/kube/status.h"
#include "core/kube/table.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairway;
using namespace fairway::kube;

namespace {

void check(bool isTrue)
{
    if (!isTrue) {
        std::abort();
    }
}

bool isSentence(const std::string &message)
{
    return !message.empty() && message.find('\n') == std::string::npos && message.size() < 4000;
}

void readKubeconfig(std::string_view text)
{
    const auto config = Kubeconfig::fromText(text, "file", "/folder");
    if (!config) {
        check(isSentence(config.error().message));
        return;
    }
    for (const ContextEntry &context : config->contexts()) {
        const auto access = config->access(context.name);
        check(access.has_value() == context.problem.empty());
        if (!access) {
            check(access.error().message == context.problem && isSentence(context.problem.plain()));
            continue;
        }
        check(!access->server.empty() && !access->ns.empty());
        // What goes into a header must not be able to end it.
        check(access->user.token.find_first_of("\r\n") == std::string::npos);
    }
}

/// The other texts that servers and plugins send us.
void readAnswers(std::string_view text)
{
    if (const auto credential = parseExecCredential(text, "client.authentication.k8s.io/v1")) {
        check(credential->token.find_first_of("\r\n ") == std::string::npos);
    }
    if (const auto status = parseStatus(text)) {
        check(!errorFromStatus(*status, Text::verbatim("get x"), "me").message.empty());
    }
    if (const auto table = parseTable(text)) {
        for (const TableRow &row : table->rows) {
            for (std::size_t i = 0; i < row.cellCount(); ++i) {
                check(row.cell(i).size() <= text.size() * 6 + 64);
            }
        }
    }
    std::vector<ResourceType> types;
    std::vector<std::string> problems;
    (void)parseAggregatedDiscovery(text, types, problems);
    (void)parseResourceList(text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    readKubeconfig(text);
    readAnswers(text);
    return 0;
}
