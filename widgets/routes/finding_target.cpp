#include "widgets/routes/finding_target.h"

namespace fairway::ui {

FindingTarget targetOf(const engine::Finding &finding, const QList<engine::Rule> &rules)
{
    const QString target = finding.actionTarget;
    const QString rest = target.section(u':', 1);
    FindingTarget out;
    if (target.startsWith(QLatin1String("rule:"))) {
        const QString section = rest.contains(u'/') ? rest.section(u'/', 0, 0) : QString();
        bool isNumber = false;
        const int index = rest.section(u'/', -1).toInt(&isNumber);
        for (qsizetype i = 0; isNumber && i < rules.size() && out.rule < 0; ++i) {
            if (rules[i].index == index && (section.isEmpty() || rules[i].section == section)) {
                out.rule = static_cast<int>(i);
            }
        }
    } else if (target.startsWith(QLatin1String("pod:"))) {
        out.page = QStringLiteral("explorer:v1/pods/") + rest;
    } else if (target.startsWith(QLatin1String("service:"))) {
        out.page = QStringLiteral("explorer:v1/services/") + rest;
    } else {
        out.page = target;
    }
    return out;
}

} // namespace fairway::ui
