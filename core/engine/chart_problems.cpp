#include "core/engine/chart_problems.h"

#include "core/engine/text.h"

#include <algorithm>

namespace fairway::engine {
namespace {

constexpr std::string_view SchemaStart = "values don't meet the specifications of the schema(s) in the following chart(s):\n";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int numberAt(std::string_view text, std::size_t start)
{
    int number = 0;
    for (std::size_t i = start; i < text.size() && isDigit(text[i]) && number < 100'000'000; ++i)
        number = number * 10 + (text[i] - '0');
    return number;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view White = " \t\r\n";
    const std::size_t first = text.find_first_not_of(White);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(White) - first + 1);
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (const std::string_view line = text.substr(0, end); !trimmed(line).empty())
            lines.push_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

struct Spot {
    std::string_view name;
    int line = 0;
};

/// The last "chart/templates/a.yaml:12" of the text: the deepest include.
Spot lastSpot(std::string_view text)
{
    Spot spot;
    constexpr std::string_view Mark = "/templates/";
    for (std::size_t at = text.find(Mark); at != std::string_view::npos; at = text.find(Mark, at + 1)) {
        const std::size_t colon = text.find_first_of(":\n\"<>()", at);
        if (colon == std::string_view::npos || text[colon] != ':' || colon + 1 >= text.size() || !isDigit(text[colon + 1]))
            continue;
        const std::size_t before = text.find_last_of(" \n(\"", at);
        const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
        spot = {text.substr(start, colon - start), numberAt(text, colon + 1)};
    }
    return spot;
}

/// "…at <.Values.a.b>…": the expression, of the last one.
std::string_view expressionOf(std::string_view text)
{
    const std::size_t at = text.rfind("at <");
    const std::size_t end = at == std::string_view::npos ? at : text.find('>', at);
    return end == std::string_view::npos ? std::string_view() : text.substr(at + 4, end - at - 4);
}

/// "/canary/weight" to "canary.weight", "/list/0" to "list[0]".
std::string pathOfPointer(std::string_view pointer)
{
    std::string path;
    while (pointer.starts_with('/')) {
        pointer.remove_prefix(1);
        const std::string_view part = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(part.size());
        if (!part.empty() && std::all_of(part.begin(), part.end(), isDigit))
            path += "[" + std::string(part) + "]";
        else
            path += (path.empty() ? "" : ".") + std::string(part);
    }
    return path;
}

/// One line of a schema error: the value and what is wrong with it.
std::pair<std::string, std::string_view> schemaFault(std::string_view line)
{
    line = trimmed(line);
    if (line.starts_with("- "))
        line.remove_prefix(2);
    if (line.starts_with("at '")) {
        const std::size_t quote = line.find("': ");
        if (quote != std::string_view::npos)
            return {pathOfPointer(line.substr(4, quote - 4)), line.substr(quote + 3)};
    }
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos)
        return {{}, line};
    const std::string_view field = line.substr(0, colon);
    return {field == "(root)" ? std::string() : std::string(field), line.substr(colon + 2)};
}

/// "a.0.b" of Helm 3 to "a[0].b".
std::string withIndices(std::string path)
{
    for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
        const std::size_t end = std::min(path.find('.', dot + 1), path.size());
        const std::string part = path.substr(dot + 1, end - dot - 1);
        if (!part.empty() && std::all_of(part.begin(), part.end(), isDigit))
            path.replace(dot, end - dot, "[" + part + "]");
    }
    return path;
}

QString firstSentence(std::string_view error)
{
    const std::vector<std::string_view> lines = linesOf(error);
    if (lines.empty())
        return {};
    // Helm 4's report: place, what ran, what went wrong; the last line says it.
    const bool isReport = lines.size() >= 2 && lines[1].starts_with("  ");
    const std::string_view expression = isReport ? expressionOf(error) : std::string_view();
    const std::string_view said = trimmed(isReport ? lines.back() : lines.front());
    return expression.empty() ? toQString(said) : QStringLiteral("%1: %2").arg(toQString(expression), toQString(said));
}

} // namespace

void ProblemPlacer::placeAtValue(const std::string &path, ChartProblem &problem) const
{
    problem.valuePath = toQString(path);
    // What is missing is shown where the nearest map above is written.
    for (std::string at = path; !at.empty() && problem.file.isEmpty();) {
        const ChartPlace place = m_valuePlace(at);
        problem.file = place.file;
        problem.line = place.line;
        const std::size_t cut = at.find_last_of(".[");
        at.resize(cut == std::string::npos ? 0 : cut);
    }
}

QList<ChartProblem> ProblemPlacer::ofSchema(std::string_view error) const
{
    QList<ChartProblem> problems;
    std::string prefix;
    for (const std::string_view line : linesOf(error.substr(SchemaStart.size()))) {
        if (!line.starts_with(' ') && !line.starts_with('-') && line.ends_with(':')) {
            prefix = m_index.valuesPrefixOfName(line.substr(0, line.size() - 1));
            continue;
        }
        if (line.starts_with(' ') && !problems.isEmpty()) { // a cause of the fault above
            problems.last().detail += QLatin1Char('\n') + toQString(line);
            continue;
        }
        auto [path, what] = schemaFault(line);
        ChartProblem problem;
        problem.source = QStringLiteral("schema");
        std::string whole = prefix + withIndices(path);
        if (whole.ends_with('.'))
            whole.pop_back();
        problem.message = whole.empty() ? toQString(what) : QStringLiteral("%1: %2").arg(toQString(whole), toQString(what));
        problem.detail = toQString(trimmed(line));
        placeAtValue(whole, problem);
        problems.append(problem);
    }
    return problems;
}

bool ProblemPlacer::placeInTemplate(std::string_view error, ChartProblem &problem) const
{
    const Spot spot = lastSpot(error);
    if (spot.line == 0)
        return false;
    problem.file = toQString(m_index.fileOfTemplate(spot.name));
    problem.line = spot.line;
    constexpr std::string_view Values = ".Values.";
    const std::string_view expression = expressionOf(error);
    if (expression.starts_with(Values))
        problem.valuePath = toQString(expression.substr(Values.size()));
    return true;
}

void ProblemPlacer::placeInYaml(std::string_view error, ChartProblem &problem) const
{
    constexpr std::string_view Manifest = "YAML parse error on ";
    constexpr std::string_view Parse = "failed to parse ";
    constexpr std::string_view Cannot = "cannot load ";
    if (const std::size_t at = error.find("yaml: line "); at != std::string_view::npos)
        problem.line = numberAt(error, at + 11);
    const auto nameAfter = [&](std::string_view mark) {
        const std::size_t start = error.find(mark) + mark.size();
        return error.substr(start, error.find(": ", start) - start);
    };
    if (error.starts_with(Manifest)) {
        // The line counts in the output's document, not in the template.
        problem.file = toQString(m_index.fileOfTemplate(nameAfter(Manifest)));
        problem.line = 0;
    } else if (error.starts_with(Parse)) {
        problem.file = toQString(nameAfter(Parse));
        problem.source = QStringLiteral("values");
    } else if (error.starts_with("failed parsing --set")) {
        problem.line = 0;
        problem.source = QStringLiteral("values");
    } else if (error.find(Cannot) != std::string_view::npos) {
        problem.source = QStringLiteral("chart");
        std::string folder;
        constexpr std::string_view Subchart = "error unpacking subchart ";
        for (std::size_t at = error.find(Subchart); at != std::string_view::npos; at = error.find(Subchart, at + 1)) {
            const std::string_view rest = error.substr(at + Subchart.size());
            folder += "charts/" + std::string(rest.substr(0, rest.find(" in "))) + "/";
        }
        problem.file = toQString(folder + std::string(nameAfter(Cannot)));
    } else if (error.starts_with("validation: ")) {
        problem.source = QStringLiteral("chart");
        problem.file = QStringLiteral("Chart.yaml");
    }
}

QList<ChartProblem> ProblemPlacer::ofError(std::string_view error) const
{
    if (error.starts_with(SchemaStart))
        return ofSchema(error);
    ChartProblem problem;
    problem.source = QStringLiteral("render");
    problem.message = firstSentence(error);
    problem.detail = toQString(trimmed(error));
    if (!placeInTemplate(error, problem))
        placeInYaml(error, problem);
    return {problem};
}

ChartProblem ProblemPlacer::ofLint(const chart::LintMessage &message) const
{
    ChartProblem problem;
    problem.source = QStringLiteral("lint");
    problem.severity = message.severity == chart::LintSeverity::Error ? Severity::Error
        : message.severity == chart::LintSeverity::Warning            ? Severity::Warning
                                                                      : Severity::Info;
    problem.message = firstSentence(message.text);
    problem.detail = toQString(trimmed(message.text));
    if (!placeInTemplate(message.text, problem))
        placeInYaml(message.text, problem);
    if (problem.file.isEmpty() && !message.path.empty() && !message.path.ends_with('/'))
        problem.file = toQString(message.path);
    problem.source = QStringLiteral("lint");
    return problem;
}

ChartProblem ProblemPlacer::ofMessage(std::string_view line)
{
    ChartProblem problem;
    constexpr std::string_view Level = "level=WARN msg=";
    constexpr std::string_view Warning = ": warning: ";
    std::string_view said;
    if (line.starts_with(Level))
        said = line.substr(Level.size());
    else if (const std::size_t at = line.find(Warning); at != std::string_view::npos)
        said = line.substr(at + Warning.size());
    if (said.empty())
        return problem;
    problem.severity = Severity::Warning;
    problem.source = QStringLiteral("values");
    problem.message = toQString(said).remove(QLatin1Char('"'));
    problem.detail = toQString(line);
    return problem;
}

} // namespace fairway::engine
