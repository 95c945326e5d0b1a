#include "core/funcs/helm_functions.h"
#include "core/funcs/pinned_random.h"
#include "core/gotemplate/template.h"
#include "core/gotemplate/tracer.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace fairway;
using value::Value;

/// Reads and runs any text as a template of Helm's, plainly and traced: both must say the same, and the traced run must account for
/// each byte.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    funcs::HelmContext context;
    ManualClock clock;
    context.base.clock = &clock;
    context.base.timeZone = "UTC";
    funcs::PinnedRandom pinned(7, {});
    context.base.pinned = &pinned;
    gotemplate::FunctionMap functions;
    funcs::registerHelm(functions, context);
    for (const char *slow : {"genCA", "genSelfSignedCert", "genSignedCert", "genPrivateKey", "bcrypt", "htpasswd", "derivePassword"})
        functions.remove(slow);
    gotemplate::TemplateSet set(functions);
    if (!set.parse("fuzz", text))
        return 0;
    const auto input = [] {
        return Value::map({{"a", Value("text")}, {"n", Value(3.0)}, {"l", Value::list({Value("x"), Value(1.5), Value()})},
            {"m", Value::map({{"k", Value(true)}})}});
    };
    gotemplate::ExecuteOptions options;
    options.limits.maxSteps = 20'000;
    options.limits.maxOutputBytes = 1 << 20;
    options.limits.maxStackBytes = 1 << 20;
    const auto plain = set.execute("fuzz", input(), options);
    pinned.begin();
    gotemplate::Tracer tracer;
    options.tracer = &tracer;
    const auto traced = set.execute("fuzz", tracer.label(input(), "Values"), options);
    if (plain.has_value() != traced.has_value() || (plain && *plain != *traced))
        std::abort();
    if (traced) {
        std::size_t at = 0;
        for (const auto &piece : tracer.take()) {
            if (piece.begin != at || piece.end < piece.begin)
                std::abort();
            at = piece.end;
        }
        if (at != traced->size())
            std::abort();
    }
    return 0;
}
