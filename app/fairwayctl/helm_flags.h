#pragma once

#include "core/base/result.h"

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::ctl {

/// Flags as helm reads them (spf13/pflag): `--name value`, `--name=value`, `-n value`, `-nvalue`, anywhere among the arguments, `--` ends
/// them. Commands that mirror helm use this instead of CLI11 to be as strict and as lenient as helm, with its words.
///
/// Lifetime: targets are borrowed until parse() returns.
class HelmFlags {
public:
    void boolean(std::string_view name, bool &target, char shorthand = 0);
    void text(std::string_view name, std::string &target, char shorthand = 0);
    /// Each use adds the value as it is.
    void texts(std::string_view name, std::vector<std::string> &target, char shorthand = 0);
    /// Each use adds the values of a line of CSV.
    void list(std::string_view name, std::vector<std::string> &target, char shorthand = 0);
    /// Any other kind: `set` refuses with the reason. `whenBare` is the value of the flag alone; empty: it needs one.
    void custom(std::string_view name, std::function<Result<void>(std::string_view)> set, std::string_view whenBare = {}, char shorthand = 0);
    /// A whole number from 0 on.
    void number(std::string_view name, std::size_t &target, char shorthand = 0);
    /// Go's form: "1h30m", "300ms", "0".
    void duration(std::string_view name, std::chrono::milliseconds &target);
    /// What --help and -h print. parse() refuses then; flagsFailed() prints it.
    void help(std::string text) { m_help = std::move(text); }
    [[nodiscard]] std::string_view askedHelp() const { return m_isHelpAsked ? std::string_view(m_help) : std::string_view(); }
    /// Accepted for helm's sake, without effect here.
    void ignoredBoolean(std::string_view name, char shorthand = 0);
    void ignoredText(std::string_view name, char shorthand = 0);
    void ignoredNumber(std::string_view name, bool isWhole);
    void ignoredDuration(std::string_view name);
    /// Says so on standard error when the flag is used: "Flag --NAME has been deprecated, ADVICE".
    void deprecate(std::string_view name, std::string_view advice);

    /// The arguments that are no flags. Errors: InvalidInput in pflag's words.
    [[nodiscard]] Result<std::vector<std::string>> parse(std::span<const std::string> arguments);
    [[nodiscard]] bool isSet(std::string_view name) const;

private:
    struct Flag {
        std::string_view name;
        char shorthand = 0;
        std::string_view whenBare;
        std::string_view advice;
        std::function<Result<void>(std::string_view)> set;
        bool isSet = false;
    };
    [[nodiscard]] Flag *find(std::string_view name);
    [[nodiscard]] Flag *find(char shorthand);
    [[nodiscard]] static Result<void> assign(Flag &flag, std::string_view value);
    [[nodiscard]] Result<void> parseLong(std::string_view argument, std::span<const std::string> &rest);
    [[nodiscard]] Result<void> parseShort(std::string_view letters, std::span<const std::string> &rest);

    std::vector<Flag> m_flags;
    std::string m_help;
    bool m_isHelpAsked = false;
};

} // namespace fairway::ctl
