import type { JsonSchema } from './breaking-changes.ts';
import { definitionOf, type EventType, eventTypes } from './catalogue.ts';
import { catalogueSchemas } from './describe-catalogue.ts';
import { dataSchemaOf } from './event.ts';

/** The JSON Schemas of the data of each event type. The `$id` of each is the `dataschema` of its events. */
export function dataSchemas(): Record<EventType, JsonSchema> {
  const schemas = catalogueSchemas();
  const described = eventTypes.map((type) => {
    const { $schema, ...schema } = schemas[type] as JsonSchema;
    return [
      type,
      {
        $schema: $schema ?? 'https://json-schema.org/draft/2020-12/schema',
        $id: dataSchemaOf(type),
        title: `The data of ${type}`,
        description: definitionOf(type).description,
        ...schema,
      },
    ];
  });
  return Object.fromEntries(described) as Record<EventType, JsonSchema>;
}
