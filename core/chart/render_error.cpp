#include "core/chart/render_error.h"

#include "core/chart/go_text.h"
#include "core/funcs/helm_functions.h"

#include <optional>
#include <vector>

namespace fairway::chart {

namespace {


/// One step of Helm 4's report.
struct Step {
    std::string_view location;
    std::string_view message;
    std::string executed;

    friend bool operator==(const Step &, const Step &) = default;

    [[nodiscard]] std::string toString() const
    {
        std::string text;
        if (!location.empty())
            text += std::string(location) + "\n  ";
        if (!executed.empty())
            text += executed + "\n    ";
        if (!message.empty())
            text += std::string(message) + "\n";
        return text;
    }
};

/// The message without the error of the template inside it.
std::string_view ownPart(std::string_view message)
{
    return message.substr(0, message.find(" template:"));
}

std::optional<Step> executingStep(std::string_view rest)
{
    constexpr std::string_view mark = ": executing ";
    constexpr std::string_view at = " at <";
    constexpr std::string_view end = ">: ";
    const std::size_t start = rest.find(mark);
    if (start == std::string_view::npos)
        return std::nullopt;
    Step step;
    step.location = rest.substr(0, start);
    rest.remove_prefix(start + mark.size());
    if (!rest.starts_with('"'))
        return std::nullopt;
    const std::size_t quote = rest.find('"', 1);
    if (quote == std::string_view::npos)
        return std::nullopt;
    const std::string_view function = rest.substr(1, quote - 1);
    rest.remove_prefix(quote + 1);
    if (!rest.starts_with(at))
        return std::nullopt;
    rest.remove_prefix(at.size());
    const std::size_t close = rest.find(end);
    if (close == std::string_view::npos)
        return std::nullopt;
    step.executed = "executing \"" + std::string(function) + "\" at <" + std::string(rest.substr(0, close)) + ">:";
    step.message = ownPart(rest.substr(close + end.size()));
    return step;
}

std::optional<Step> stepOf(std::string_view text)
{
    constexpr std::string_view prefix = "template: ";
    if (!text.starts_with(prefix))
        return std::nullopt;
    const std::string_view rest = text.substr(prefix.size());
    if (rest.starts_with("no template "))
        return Step {{}, text, {}};
    if (std::optional<Step> step = executingStep(rest))
        return step;
    const std::size_t colon = rest.rfind(": ");
    if (colon == std::string_view::npos)
        return std::nullopt;
    return Step {rest.substr(0, colon), ownPart(rest.substr(colon + 2)), {}};
}

/// Go's text in blocks, or as it is when a part of it is worded otherwise.
std::string inBlocks(const gotemplate::TemplateError &error)
{
    std::vector<Step> steps;
    const auto add = [&](std::string_view text) {
        std::optional<Step> step = stepOf(text);
        const bool isNew = step && (steps.empty() || !(steps.back() == *step));
        const bool isStep = step.has_value();
        if (isNew)
            steps.push_back(std::move(*step));
        return isStep;
    };
    bool areSteps = add(error.message);
    for (const std::string &cause : error.causes)
        areSteps = areSteps && add(cause);
    if (!areSteps)
        return error.message;
    std::string report;
    for (const Step &step : steps)
        report += step.toString();
    return std::string(trimSpace(report));
}

} // namespace

std::string parseErrorText(std::string_view templateName, const gotemplate::TemplateError &error)
{
    const std::string_view text = error.message;
    const std::size_t first = text.find(": ");
    if (first == std::string_view::npos)
        return "parse error in (" + std::string(templateName) + "): " + error.message;
    const std::string_view rest = text.substr(first + 2);
    return "parse error at (" + std::string(rest.substr(0, rest.find(": "))) + "): " + std::string(text.substr(text.rfind(": ") + 2));
}

std::string executionErrorText(std::string_view templateName, const gotemplate::TemplateError &error, HelmVersion version)
{
    if (error.isPanic)
        return "rendering template failed: " + error.message;
    if (!error.isExecution)
        return error.message;
    const std::string_view text = error.message;
    const std::size_t first = text.find(": ");
    const std::size_t second = first == std::string_view::npos ? first : text.find(": ", first + 2);
    if (second == std::string_view::npos)
        return "execution error in (" + std::string(templateName) + "): " + error.message;
    const std::string_view rest = text.substr(second + 2);
    const std::size_t start = rest.find(funcs::WarningStart);
    const std::size_t end = rest.rfind(funcs::WarningEnd);
    if (start != std::string_view::npos && end != std::string_view::npos && end >= start + funcs::WarningStart.size()) {
        const std::size_t from = start + funcs::WarningStart.size();
        return "execution error at (" + std::string(text.substr(first + 2, second - first - 2)) + "): " + std::string(rest.substr(from, end - from));
    }
    return version == HelmVersion::V4 ? inBlocks(error) : error.message;
}

} // namespace fairway::chart
