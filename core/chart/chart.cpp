#include "core/chart/chart.h"

#include "core/gotemplate/parsed_texts.h"

namespace fairway::chart {

const ChartFile *ChartContent::find(std::string_view name) const
{
    for (const ChartFile &file : files) {
        if (file.name == name)
            return &file;
    }
    return nullptr;
}

std::string Chart::fullPath() const
{
    return parent ? parent->fullPath() + "/charts/" + name() : name();
}

std::string Chart::dottedPath() const
{
    return parent ? parent->dottedPath() + "." + name() : name();
}

void Chart::setDependencies(std::vector<Chart *> charts)
{
    dependencies = std::move(charts);
    for (Chart *const chart : dependencies)
        chart->parent = this;
}

ChartTree::ChartTree()
    : m_parsed(std::make_shared<gotemplate::ParsedTexts>())
{
}

Chart &ChartTree::cloneInto(ChartTree &tree, const Chart &chart, Chart *parent) const
{
    Chart &copy = tree.addCopy(chart);
    copy.parent = parent;
    for (Chart *&dependency : copy.dependencies)
        dependency = &cloneInto(tree, *dependency, &copy);
    return copy;
}

ChartTree ChartTree::clone() const
{
    ChartTree tree;
    if (m_root)
        tree.setRoot(cloneInto(tree, *m_root, nullptr));
    tree.m_parsed = m_parsed;
    tree.m_isClone = true;
    return tree;
}

} // namespace fairway::chart
