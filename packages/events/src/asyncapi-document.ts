import type { JsonSchema } from './breaking-changes.ts';
import { definitionOf, type EventType, eventTypes, topics } from './catalogue.ts';
import type { EventDefinition, Source, Topic } from './define-event.ts';
import { catalogueSchemas } from './describe-catalogue.ts';
import { dataSchemaOf } from './event.ts';

type Json = Record<string, unknown>;

const description = `Events are CloudEvents 1.0 in JSON, structured mode. Consumers ignore fields and types that they do not know.

The key of each message is the user's id, so that the events of a user keep their order; of events about a product it is the
product's id. \`sequence\` is strictly increasing per \`subject\`, with gaps. An event may arrive more than once: \`id\` tells. \`dataschema\` is the \`$id\` of the JSON Schema that every
service serves at \`/docs/events/<type>.json\`. A topic has the prefix of its installation in front of it, if that has one.`;

/** Describes the events as an AsyncAPI 3 document: a channel for each topic, and what each service publishes to it. */
export function asyncApiDocument(): Json {
  const definitions = eventTypes.map(definitionOf);
  return {
    asyncapi: '3.0.0',
    id: 'urn:florin:events',
    info: { title: 'Florin events', version: '1', description, license: { name: 'Proprietary' } },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(topics.map((topic) => [channelOf(topic), describeChannel(topic, definitions)])),
    operations: operationsOf(definitions),
    components: {
      messages: Object.fromEntries(definitions.map((definition) => [definition.type, messageOf(definition)])),
      schemas: Object.fromEntries(eventTypes.map((type) => [type, dataOf(type)])),
    },
  };
}

type Definition = EventDefinition<EventType>;

function channelOf(topic: Topic): string {
  return topic.replace('florin.', '');
}

function describeChannel(topic: Topic, definitions: readonly Definition[]): Json {
  const own = definitions.filter((definition) => definition.topic === topic);
  return {
    address: topic,
    description: `Events about ${[...new Set(own.map(({ aggregate }) => `a ${aggregate}`))].join(' or ')}`,
    messages: Object.fromEntries(own.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
  };
}

/** One operation for each service and topic: it publishes these events. */
function operationsOf(definitions: readonly Definition[]): Json {
  const groups = Map.groupBy(definitions, ({ source, topic }) => `${serviceOf(source)}-publishes-${channelOf(topic)}`);
  return Object.fromEntries(
    [...groups].map(([name, own]) => {
      const channel = `#/channels/${channelOf((own[0] as Definition).topic)}`;
      return [
        name,
        {
          action: 'send',
          channel: { $ref: channel },
          summary: `The service ${serviceOf((own[0] as Definition).source)} publishes these events`,
          messages: own.map(({ type }) => ({ $ref: `${channel}/messages/${type}` })),
        },
      ];
    }),
  );
}

function serviceOf(source: Source): string {
  return source.slice(1);
}

function messageOf(definition: Definition): Json {
  const { type, key, description: summary } = definition;
  return {
    name: type,
    title: type,
    summary,
    contentType: 'application/cloudevents+json',
    payload: envelopeOf(definition),
    bindings: { kafka: { key: { type: 'string', format: 'uuid', description: `The ${key}'s id` } } },
  };
}

function envelopeOf({ type, source, aggregate }: Definition): Json {
  return {
    type: 'object',
    properties: {
      specversion: { type: 'string', const: '1.0' },
      id: { type: 'string', format: 'uuid', description: 'The same in every copy of the event' },
      source: { type: 'string', const: source },
      type: { type: 'string', const: type },
      subject: { type: 'string', format: 'uuid', description: `The id of the ${aggregate}` },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { type: 'string', const: 'application/json' },
      dataschema: { type: 'string', const: dataSchemaOf(type) },
      sequence: { type: 'string', pattern: '^[0-9]{20}$' },
      traceparent: { type: 'string', description: 'W3C Trace Context' },
      florinsig: { type: 'string', description: 'The signature; the last member' },
      data: { $ref: `#/components/schemas/${type}` },
    },
    required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'dataschema', 'sequence', 'data'],
  };
}

/** Consumers ignore unknown fields, so the schema of a reader is open. */
function dataOf(type: EventType): JsonSchema {
  const { $schema: _, additionalProperties: __, ...schema } = catalogueSchemas()[type] as JsonSchema;
  return schema;
}
