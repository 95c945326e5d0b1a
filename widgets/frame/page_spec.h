#pragma once

#include <QString>

#include <functional>

namespace fairway::ui {

class Page;

enum class RailSection { Top, Traffic, Network, Packages, Cluster };

/// An entry of the rail. Without `make` it is shown greyed: the rail's shape is fixed, what is missing says so.
struct PageSpec {
    QString id;    ///< First part of a target: "routes".
    QString title;
    QString icon;
    RailSection section = RailSection::Top;
    std::function<Page *()> make; ///< Called when the page is first shown; the window owns the result.
    QString absence;              ///< Without `make`: what one can do instead today.
};

} // namespace fairway::ui
