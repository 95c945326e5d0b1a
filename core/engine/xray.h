#pragma once

#include "core/engine/types.h"

#include <QObject>

namespace fairway::engine {

/// A request somebody wants to follow.
struct XrayQuestion {
    QString text;    ///< A URL, a curl command, a line of an access log or the head of an HTTP request.
    QString place;   ///< Id of an XrayPlace; empty: wherever a rule takes it, the places of `routeId` first.
    QString client;  ///< In the mesh: labels of the client's pod ("app=web,version=v2"), or its name ("shop/web-7").
    QString routeId; ///< The route on the screen; may be empty.
    friend bool operator==(const XrayQuestion &, const XrayQuestion &) = default;
};

/// Whose eyes: "gateway/shop/public-gw", "mesh/shop", "ingress".
struct XrayPlace {
    QString id;
    QString title;
    bool isMesh = false;
    friend bool operator==(const XrayPlace &, const XrayPlace &) = default;
};

/// A rule on the way to the one that took the request.
struct XrayRule {
    enum class State { Passed, Taken, NotHeld };
    State state = State::Passed;
    QString title;  ///< "x-tester: true"; the object's words for the match.
    QString object; ///< "VirtualService shop/reviews"
    QString field;  ///< "spec.http[1].match[0]"
    QString reason; ///< Why it did not match, or is not loaded at this place; empty for the taken one.
    QString routeId; ///< To show it: "VirtualService/shop/reviews"; empty for what is no route.
    QString section;
    int index = 0;
    friend bool operator==(const XrayRule &, const XrayRule &) = default;
};

/// A destination of the rule that took the request.
struct XrayTarget {
    QString label;
    QString host;
    QString subset;
    int port = 0;
    QString share; ///< "90 of 100"; empty for a lone destination.
    Role role = Role::Other;
    QString service; ///< "shop/reviews"
    int readyPods = 0;
    int totalPods = 0;
    QStringList pods; ///< "shop/reviews-v1-x", ready ones first; at most 50.
    QString loggedPod; ///< The one of them that an access log names.
    QString problem;
    friend bool operator==(const XrayTarget &, const XrayTarget &) = default;
};

/// The whole decision, in words.
struct XrayAnswer {
    /// Unreadable: the text is no request. Failed: nobody can be asked (no connection, no such place).
    enum class State { Empty, Answered, Unreadable, Failed };
    State state = State::Empty;
    bool isAsking = false; ///< A newer question is on its way; the rest is still the older answer.
    QString problem;       ///< Unreadable, Failed: one sentence.
    QString readAs;        ///< "curl command"
    QString request;       ///< "GET http://reviews:9080/api?x=1"
    QString place;         ///< Id.
    Severity severity = Severity::Good;
    QString verdict; ///< "VirtualService shop/reviews http[2] takes it."
    QString listener;
    QString host; ///< The domain that took the request's host.
    QStringList otherHosts;
    QList<XrayRule> rules;
    int untold = 0; ///< Rules beyond the first ones.
    QList<XrayTarget> targets;
    QList<QPair<QString, QString>> changes; ///< What the proxy does to the request and its answer: label and value.
    QStringList notes;       ///< What was supposed.
    QStringList notModelled; ///< EnvoyFilters and other policies that may decide otherwise.

    /// The rule that took it; nullptr without one.
    [[nodiscard]] const XrayRule *taken() const;
    /// Everything as plain text, for a ticket.
    [[nodiscard]] QString toText() const;
    friend bool operator==(const XrayAnswer &, const XrayAnswer &) = default;
};

/// Follows a request through the routes of the current context without sending it.
class XrayService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// The latest question wins; answerChanged() brings the answer. An empty text only finds the places.
    virtual void ask(const XrayQuestion &question) = 0;
    /// While somebody looks, the answer follows the cluster (at most once a second).
    virtual void setWatched(bool isWatched) = 0;
    [[nodiscard]] virtual XrayAnswer answer() const = 0;
    [[nodiscard]] virtual QList<XrayPlace> places() const = 0; ///< The mesh by namespace, gateways, Ingress; known after the first question.
Q_SIGNALS:
    void answerChanged();
    void placesChanged();
};

} // namespace fairway::engine
