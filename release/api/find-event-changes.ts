import { breakingChanges, type JsonSchema } from '@florin/events';
import { resolveReference } from './json-schema.ts';
import type { Pair } from './schema-changes.ts';

type Reference = { $ref: string };
type Message = { payload: JsonSchema };

/** The judged part of an AsyncAPI 3 document. */
export type EventsDocument = {
  channels: Readonly<Record<string, { address: string; messages: Readonly<Record<string, Reference>> }>>;
  components: { messages: Readonly<Record<string, Message>>; schemas: Readonly<Record<string, JsonSchema>> };
};

/**
 * Describes what breaks a consumer of an older release, or its events that wait in the topics. Stricter than for answers of the
 * API: consumers validate, so that even a new value of an enum is rejected by an older one. New types and optional fields are fine.
 */
export function findEventChanges({ before, after }: Pair<EventsDocument>): string[] {
  const today = topicsOf(after);
  const moved = [...topicsOf(before)].filter(([type, topic]) => today.has(type) && today.get(type) !== topic);
  return [
    ...moved.map(([type, topic]) => `${type} was in the topic ${topic} and is in ${today.get(type)}`),
    ...breakingChanges(payloadsOf(before), payloadsOf(after)),
  ];
}

function topicsOf({ channels }: EventsDocument): Map<string, string> {
  return new Map(
    Object.values(channels).flatMap(({ address, messages }) => Object.keys(messages).map((type) => [type, address] as const)),
  );
}

/** The schema of each whole event, with that of its data in place. */
function payloadsOf(document: EventsDocument): Record<string, JsonSchema> {
  const payloads = Object.entries(document.components.messages).map(([type, { payload }]) => {
    const { data, ...others } = payload.properties ?? {};
    return [type, { ...payload, properties: { ...others, data: resolveReference(document, data) ?? {} } }] as const;
  });
  return Object.fromEntries(payloads);
}
