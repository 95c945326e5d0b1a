#include "core/funcs/helm_functions.h"
#include "core/gotemplate/template.h"
#include "tests/core/funcs/template_generator.h"
#include "tests/core/value/helm_oracle.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace fairway;
using value::Value;

namespace {

std::string ours(const std::string &text)
{
    funcs::HelmContext context;
    gotemplate::FunctionMap functions;
    funcs::registerHelm(functions, context);
    gotemplate::TemplateSet set(functions);
    if (const auto parsed = set.parse("gotpl", text); !parsed)
        return "parse: " + parsed.error().message;
    auto out = set.execute("gotpl", Value::map());
    if (!out)
        return "error: " + out.error().message;
    constexpr std::string_view noValue = "<no value>";
    for (std::size_t at = out->find(noValue); at != std::string::npos; at = out->find(noValue, at))
        out->erase(at, noValue.size());
    return *out;
}

} // namespace

TEST(TemplatesAgainstHelm, SayTheSame)
{
    const auto helm = HelmOracle::find();
    if (!helm)
        GTEST_SKIP() << "FAIRWAY_HELM names no helm: nothing to compare with";
    constexpr std::size_t count = 3000;
    TemplateGenerator generator(20240229);
    std::vector<std::string> templates;
    for (std::size_t i = 0; i < count; ++i)
        templates.push_back(generator.next());
    std::string complaint;
    // The text is the last argument of what stands behind the pipe: printf shows the first and nothing of the second.
    const auto answers = helm->evaluate("printf \"%[1]s%.0[2]s\" (tpl $text (dict))", templates, complaint);
    ASSERT_TRUE(answers) << complaint;
    std::size_t different = 0;
    for (std::size_t i = 0; i < templates.size(); ++i) {
        const std::string answer = ours(templates[i]);
        if (answer == (*answers)[i])
            continue;
        if (++different <= 10)
            ADD_FAILURE() << "template: " << templates[i] << "\nours: " << answer << "\nhelm: " << (*answers)[i];
    }
    EXPECT_EQ(different, 0U) << "of " << count;
}
