#pragma once

#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
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
///          the output from its first byte to its last, in order. Pieces speak in numbers, which this object resolves.
/// Cost:    a traced run takes a few times as long as a plain one; a run without a tracer pays nothing.
/// Threads: one owner at a time; one tracer may serve many runs one after the other, and labels and numbers stay good among them.
class Tracer {
public:
    static constexpr std::uint16_t TracedFile = 0xFFFF;
    using Label = std::uint32_t;   ///< 0: depends on no input.
    using PathId = std::uint32_t;  ///< Of an input.
    using PlaceId = std::uint32_t; ///< 0: nowhere.
    using ChainId = std::uint32_t; ///< 0: through no include.

    /// A place in a template. Lines and columns count from 1 (columns in bytes; those in Go's errors count from 0).
    struct Place {
        std::string templateName;
        std::uint32_t line = 0;
        std::uint32_t column = 0;
        friend bool operator==(const Place &, const Place &) = default;
    };

    /// An empty piece stands where a value was empty, or where nothing was written because a condition said so.
    struct Piece {
        std::size_t begin = 0;
        std::size_t end = 0;
        PlaceId place = 0;    ///< The text or action that wrote it. Of a text each line has a piece of its own.
        ChainId includes = 0; ///< The actions through which it got here.
        Label values = 0;     ///< Inputs whose value it holds or was computed of.
        Label conditions = 0; ///< Inputs that decided whether it stands there.
        bool beginsLine = false; ///< Of an empty piece: what could stand here would begin with a line break.
        bool endsLine = false;   ///< … would end with one.
    };

    Tracer();
    ~Tracer();
    Tracer(const Tracer &) = delete;
    Tracer &operator=(const Tracer &) = delete;

    /// The label of one input. `path` as the caller tells it; where it was written can be asked for by position().
    [[nodiscard]] Label source(std::string_view path, value::SourcePosition position = {});
    /// A deep copy of `input` in which each value is labelled with its path in --set's notation: `root` + ".image.tag", ".ports[0]",
    /// ".a\.b". Containers that are the same in `input`, and in what was labelled before, are the same in the copy and keep their first path.
    [[nodiscard]] Value label(const Value &input, std::string_view root);
    /// The copy label() made of this container, if it did.
    [[nodiscard]] const Value *copyOf(const Value &container) const;
    void remember(const Value &container, const Value &copy);
    static void mark(Value &value, Label label) { value.setPosition({TracedFile, label}); }
    [[nodiscard]] static Label markOf(const Value &value) { return value.position().file == TracedFile ? value.position().line : 0; }

    /// What decided that the next run takes place at all. Stays set.
    void setCondition(Label label);
    [[nodiscard]] Label united(Label a, Label b);

    /// The pieces of the last run's output; an empty list when it failed.
    [[nodiscard]] std::vector<Piece> take();

    [[nodiscard]] const Place &place(PlaceId id) const;
    /// Outermost first.
    [[nodiscard]] std::span<const PlaceId> includes(ChainId id) const;
    /// Of a piece's label; sorted by number.
    [[nodiscard]] std::span<const PathId> inputs(Label label) const;
    [[nodiscard]] const std::string &path(PathId id) const;
    [[nodiscard]] std::optional<PathId> find(std::string_view path) const;
    /// Where the input was written; nowhere when a template asked for what is not there.
    [[nodiscard]] value::SourcePosition position(PathId id) const;

    struct Impl;
    [[nodiscard]] Impl &impl() { return *m_impl; }

private:
    std::unique_ptr<Impl> m_impl;
};

/// `path` and a member's name in --set's notation: dots in the name escaped.
[[nodiscard]] std::string memberPath(std::string_view path, std::string_view name);


/// Where a value was written. A container that was merged of several has no place of its own: its first member's then.
[[nodiscard]] value::SourcePosition writtenAt(const Value &value);

} // namespace fairway::gotemplate
