#include "core/engine/chart_lookup.h"

#include "core/value/yaml.h"

namespace fairway::engine {

Result<LookupObjects> LookupObjects::read(std::string_view yaml)
{
    const Result<std::vector<value::Value>> documents = value::parseYamlDocuments(yaml);
    if (!documents)
        return tl::unexpected(documents.error());
    auto objects = std::make_shared<std::vector<value::Value>>();
    for (const value::Value &document : *documents) {
        if (document["items"].isList() && document["kind"].stringOr().ends_with("List")) {
            for (const value::Value &item : document["items"].asList())
                objects->push_back(item);
        } else if (document.isMap()) {
            objects->push_back(document);
        }
    }
    LookupObjects lookup;
    lookup.m_objects = std::move(objects);
    return lookup;
}

LookupObjects::Function LookupObjects::function() const
{
    return [objects = m_objects](std::string_view apiVersion, std::string_view kind, std::string_view nameSpace,
               std::string_view name) -> gotemplate::TemplateResult<value::Value> {
        value::Value items = value::Value::list();
        for (const value::Value &object : *objects) {
            const value::Value &metadata = object["metadata"];
            if (object["apiVersion"].stringOr() != apiVersion || object["kind"].stringOr() != kind)
                continue;
            if (!nameSpace.empty() && metadata["namespace"].stringOr() != nameSpace)
                continue;
            // Templates may change what they get.
            if (!name.empty() && metadata["name"].stringOr() == name)
                return value::deepCopy(object);
            if (name.empty())
                items.append(value::deepCopy(object));
        }
        if (!name.empty())
            return value::Value::map();
        value::Value list = value::Value::map();
        list.set("apiVersion", std::string(apiVersion));
        list.set("kind", std::string(kind) + "List");
        list.set("items", std::move(items));
        return list;
    };
}

} // namespace fairway::engine
