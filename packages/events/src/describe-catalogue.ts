import type { JsonSchema } from './breaking-changes.ts';
import { catalogue, definitionOf, eventTypes } from './catalogue.ts';
import { dataSchemaOf } from './event.ts';

type WithJsonSchema = { '~standard': { jsonSchema: { input(options: { target: string }): JsonSchema } } };

/** The JSON Schema of every event's data, by type: what the committed snapshot holds. */
export function catalogueSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(
    eventTypes.map((type) => {
      const schema = catalogue[type].schema as unknown as WithJsonSchema;
      return [type, schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' })];
    }),
  );
}

const head = `# Events

Generated from [packages/events](../packages/events/README.md) by \`npm run docs\`. Each event is CloudEvents 1.0 in JSON. The Kafka key of an event is the user's id; of events about a product it is the product's id. A consumer ignores
fields and event types that it does not know. The last member of every event, \`florinsig\`, is its [signature](security/signatures.md).`;

function tableOfEvents(): string {
  const rows = eventTypes.map((type) => {
    const { topic, source, aggregate, description } = definitionOf(type);
    return `| [${type}](#${type}) | ${aggregate} | \`${topic}\` | \`${source}\` | ${description} |`;
  });
  return ['| event | about a | topic | source | meaning |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** The catalogue as a Markdown page: `docs/events.md`. */
export function describeCatalogue(): string {
  const sections = eventTypes.map((type) => {
    const { topic, source, aggregate, description } = definitionOf(type);
    const schema = JSON.stringify(catalogueSchemas()[type], null, 2);
    return `## ${type}\n\n${description}\n\n- topic \`${topic}\`, from \`${source}\`, about a ${aggregate}\n- \`dataschema\`: \`${dataSchemaOf(type)}\`\n\n\`\`\`json\n${schema}\n\`\`\`\n`;
  });
  return `${head}\n\n${tableOfEvents()}\n\n${sections.join('\n')}`;
}
