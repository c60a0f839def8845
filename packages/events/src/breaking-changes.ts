import { isDeepStrictEqual } from 'node:util';

export type JsonSchema = { properties?: Record<string, JsonSchema>; required?: string[]; items?: JsonSchema } & Record<
  string,
  unknown
>;

/**
 * Describes the changes of the event catalogue that would break the previous release, which runs beside this one and has left
 * events in the topics. Only new types and new optional fields are compatible.
 */
export function breakingChanges(
  yesterday: Readonly<Record<string, JsonSchema>>,
  today: Readonly<Record<string, JsonSchema>>,
): string[] {
  return Object.entries(yesterday).flatMap(([type, before]) => {
    const after = today[type];
    return after === undefined ? [`${type} is gone`] : changesOf(type, before, after);
  });
}

function changesOf(path: string, before: JsonSchema, after: JsonSchema): string[] {
  const { properties: fieldsBefore = {}, required: requiredBefore = [], items: itemsBefore, ...restBefore } = before;
  const { properties: fieldsAfter = {}, required: requiredAfter = [], items: itemsAfter, ...restAfter } = after;
  return [
    ...(isDeepStrictEqual(withoutWords(restBefore), withoutWords(restAfter)) ? [] : [`${path} takes other values`]),
    ...requiredAfter.filter((name) => !requiredBefore.includes(name)).map((name) => `${path}.${name} is newly required`),
    ...requiredBefore.filter((name) => !requiredAfter.includes(name)).map((name) => `${path}.${name} is no longer required`),
    ...Object.entries(fieldsBefore).flatMap(([name, field]) => changeOf(`${path}.${name}`, field, fieldsAfter[name])),
    ...(itemsBefore === undefined ? [] : changeOf(`${path}[]`, itemsBefore, itemsAfter)),
  ];
}

function changeOf(path: string, before: JsonSchema, after: JsonSchema | undefined): string[] {
  return after === undefined ? [`${path} is gone`] : changesOf(path, before, after);
}

function withoutWords(schema: Record<string, unknown>): Record<string, unknown> {
  return { ...schema, description: undefined };
}
