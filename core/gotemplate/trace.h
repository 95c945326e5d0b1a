#pragma once

#include "core/gotemplate/node.h"
#include "core/gotemplate/tracer.h"

#include <span>
#include <string>
#include <string_view>

namespace fairway::gotemplate {

/// The evaluator's side of a Tracer. Its helpers take a null Trace and then do nothing.
class Trace {
public:
    [[nodiscard]] static Trace *of(Tracer *) { return nullptr; }
    void start(std::string &) { }
    void abandon() { }
    void finish() { }
    void beforeText(const std::string &, const Template &, const Node &) { }
    void beforeValue(const std::string &, const Template &, const Node &, const Value &) { }
    void missed(Value &, const Value &, std::string_view) { }
    void add(Value &, const Value &) { }

    class Inner {
    public:
        Inner(Trace *, const Template *, const Node *, std::string &) { }
        [[nodiscard]] Value result(Value value) { return value; }
    };
    class Because {
    public:
        Because(Trace *, const Value &) { }
    };
    class Condition {
    public:
        Condition(Trace *, const Value &) { }
    };
    class Through {
    public:
        Through(Trace *, const Template *, const Node *) { }
    };
    class Choice {
    public:
        explicit Choice(Trace *) { }
        void saw(const Value &) { }
        [[nodiscard]] Value result(Value value) { return value; }
    };
    class Function {
    public:
        Function(Trace *, std::string_view, std::span<const Value>) { }
        [[nodiscard]] Value result(Value value) { return value; }
    };
};

} // namespace fairway::gotemplate
