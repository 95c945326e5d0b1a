#pragma once

#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::gotemplate {

using value::Value;

/// Records where each byte of a template's output came from: which place in which template wrote it, through which includes,
/// and on which input values it depends, as data and through if, with, range and default-like choices.
///
/// How:     a value in a traced run carries a label in its SourcePosition (file TracedFile, line = the label). A label stands for a
///          set of input paths and, of a string, for its pieces with their own origins. Labels are made here, and functions
///          give their result the union of their arguments' labels; those that move text about (indent, trim, quote, toYaml, …)
///          keep the pieces apart.
/// Shape:   label the inputs with label(), run with ExecuteOptions::tracer, then take() the pieces of that run's output. They cover
///          the output from its first byte to its last, in order.
/// Threads: one owner at a time; one tracer may serve many runs one after the other, and labels stay good among them.
class Tracer {
public:
    static constexpr std::uint16_t TracedFile = 0xFFFF;
    using Label = std::uint32_t;

    /// A place in a template. Lines and columns count from 1 (columns in bytes; those in Go's errors count from 0).
    struct Place {
        std::string templateName;
        std::uint32_t line = 0;
        std::uint32_t column = 0;
        friend bool operator==(const Place &, const Place &) = default;
    };

    struct Piece {
        std::size_t begin = 0;
        std::size_t end = 0;
        Place place;                     ///< The text or action that wrote it.
        std::vector<Place> includes;     ///< Outermost first: the actions through which it got here.
        std::vector<std::string> values; ///< Paths whose value it holds or was computed of, sorted.
        std::vector<std::string> conditions; ///< Paths that decided whether it stands there, sorted.
    };

    Tracer();
    ~Tracer();
    Tracer(const Tracer &) = delete;
    Tracer &operator=(const Tracer &) = delete;

    /// A deep copy of `input` in which each value is labelled with its path: `root` + ".image.tag", ".ports[0]". Positions of the
    /// original are lost in the copy: keep the original to look up where a path was written.
    [[nodiscard]] Value label(const Value &input, std::string_view root);

    /// The pieces of the last run's output; an empty list when it failed.
    [[nodiscard]] std::vector<Piece> take();

    struct Impl;
    [[nodiscard]] Impl &impl() { return *m_impl; }

private:
    std::unique_ptr<Impl> m_impl;
};

} // namespace fairway::gotemplate
