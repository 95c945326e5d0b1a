#pragma once

#include "core/base/cancellation.h"
#include "core/gotemplate/function.h"
#include "core/gotemplate/template_error.h"
#include "core/value/value.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::gotemplate {

class ParsedTexts;
class Tracer;

/// What `.a.b` gives for a key the map has not.
enum class MissingKey : std::uint8_t {
    Default, ///< no value: prints <no value>
    Zero,    ///< the zero value of the map's items: for map[string]interface {} prints <no value> too. What Helm sets.
    Error,   ///< `map has no entry for key "b"`. What Helm sets with --strict and for lint.
};

/// Which release of Go to agree with.
enum class GoRelease : std::uint8_t {
    /// Helm 3.17: no `range 3`; a comparison that can't be made does not name the types; lines inside comments aren't counted in errors of
    /// reading; `x | call` ends in a panic.
    Go123,
    Go125, ///< Helm 4.1
};

struct ExecuteLimits {
    std::size_t maxOutputBytes = std::size_t {256} << 20; ///< Of one template and of each include.
    std::size_t maxStackBytes = std::size_t {6} << 20;    ///< Of the calling thread, for templates inside templates.
    std::uint64_t maxSteps = 2'000'000'000;               ///< Nodes evaluated: bounds `range` and recursion alike.
    std::chrono::milliseconds maxTime {0};                ///< 0: no bound.
};

struct ExecuteOptions {
    MissingKey missingKey = MissingKey::Zero;
    GoRelease release = GoRelease::Go125;
    ExecuteLimits limits;
    CancelToken cancel;
    Tracer *tracer = nullptr; ///< Null: nothing is recorded, at no cost. See tracer.h.
};

/// Named templates of Go's text/template that see each other, read once and run any number of times.
///
/// Shape:   parse() reads one file; its `define`s and `block`s join the set. A name given again replaces the earlier template,
///          unless the new one is empty (white space and comments only), as in Go. Twice in one text is an error.
/// Errors:  in Go's words, see TemplateError. LimitExceeded and Cancelled by their codes.
/// Threads: one at a time while parsing; then execute() from any number at once, if the data isn't changed by templates (`set`).
/// Source:  Go's text/template package documentation, of Go 1.25.
class TemplateSet {
public:
    explicit TemplateSet(const FunctionMap &functions, GoRelease release = GoRelease::Go125);
    ~TemplateSet();
    TemplateSet(TemplateSet &&other) noexcept;
    TemplateSet &operator=(TemplateSet &&other) noexcept;

    [[nodiscard]] TemplateResult<void> parse(std::string_view name, std::string_view text);
    struct Text {
        std::string_view name;
        std::string_view text;
        std::shared_ptr<const void> owner {}; ///< Keeps `text`, which then isn't copied.
    };
    /// The same for many texts in this order; when they are large, on this thread and one more. With an error `failedAt` is the first
    /// text that has one. What `kept` has is not read again, what is read it gets.
    [[nodiscard]] TemplateResult<void> parseAll(std::span<const Text> texts, std::size_t &failedAt, ParsedTexts *kept = nullptr);
    [[nodiscard]] bool has(std::string_view name) const;
    /// Sorted.
    [[nodiscard]] std::vector<std::string> names() const;

    /// Runs a template. `data` is `.` and `$`.
    [[nodiscard]] TemplateResult<std::string> execute(
        std::string_view name, const Value &data, const ExecuteOptions &options = {}) const;

    struct Impl;

private:
    std::unique_ptr<Impl> m_impl;
};

/// A run as the functions in it see it: include and tpl run further templates in it, under the same limits.
class Execution {
public:
    virtual ~Execution() = default;

    /// The set in which names are looked up now.
    [[nodiscard]] virtual const TemplateSet &templates() const = 0;
    [[nodiscard]] virtual const ExecuteOptions &options() const = 0;
    /// Runs a template of the present set and returns its output as a string Value (which in a traced run keeps its origins).
    /// An unknown name: `template: no template "x" associated with template "gotpl"`.
    [[nodiscard]] virtual TemplateResult<Value> include(std::string_view name, const Value &data) = 0;
    /// Reads `text` as template `name` beside a copy of the present set, in which its `define`s win, and runs it there (Helm's
    /// tpl). Texts read before are not read again. With an error, `isParseError` tells which of the two failed.
    [[nodiscard]] virtual TemplateResult<Value> runText(
        std::string_view name, const Value &text, const Value &data, bool &isParseError) = 0;

protected:
    Execution() = default;
    Execution(const Execution &) = default;
    Execution &operator=(const Execution &) = default;
};

} // namespace fairway::gotemplate
