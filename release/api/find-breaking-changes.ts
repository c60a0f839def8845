import { accessChanges } from './access-changes.ts';
import { alternativesOf, resolveReference, type Schema } from './json-schema.ts';
import {
  type ApiDocument,
  type Content,
  type Operation,
  type Parameter,
  type Response,
  readOperations,
} from './read-operations.ts';
import { type Pair, schemaChanges } from './schema-changes.ts';

const PROBLEM = 'application/problem+json';

/**
 * Describes what breaks a client that was written for an older OpenAPI document of a service. New operations, new optional fields,
 * and new values and error codes in answers break nothing: the enums of answers are open. A deprecated operation may be gone once
 * its sunset has passed. `docs/api/policy.md` has the whole list.
 */
export function findBreakingChanges(documents: Pair<ApiDocument>, today = new Date()): string[] {
  const after = readOperations(documents.after);
  return [...readOperations(documents.before)].flatMap(([name, old]) => {
    const operation = after.get(name);
    if (operation !== undefined) return operationChanges(name, { before: old, after: operation }, documents);
    return isOver(old, today) ? [] : [`${name} is gone`];
  });
}

/** Whether an operation has passed the date that the released document names. */
function isOver({ deprecated, sunset }: Operation, today: Date): boolean {
  return deprecated === true && sunset !== undefined && new Date(sunset) <= today;
}

type Documents = Pair<ApiDocument>;

function operationChanges(name: string, { before, after }: Pair<Operation>, documents: Documents): string[] {
  return [
    ...(before.operationId === after.operationId
      ? []
      : [`${name}: operationId was ${before.operationId ?? 'none'} and is ${after.operationId ?? 'none'}`]),
    ...accessChanges(name, { before, after }),
    ...parameterChanges(name, { before, after }, documents),
    ...bodyChanges(name, { before, after }, documents),
    ...Object.entries(before.responses).flatMap(([status, response]) =>
      responseChanges(`${name} ${status}`, { before: response, after: after.responses[status] }, documents),
    ),
  ];
}

function parameterChanges(name: string, { before, after }: Pair<Operation>, documents: Documents): string[] {
  const old = new Map(before.parameters.map((parameter) => [keyOf(parameter), parameter]));
  const today = new Map(after.parameters.map((parameter) => [keyOf(parameter), parameter]));
  const lost = [...old.keys()].filter((key) => !today.has(key) && !key.startsWith('header '));
  return [
    ...lost.map((key) => `${name}: ${key} is no longer taken`),
    ...[...today].flatMap(([key, parameter]) => {
      const known = old.get(key);
      if (parameter.required === true && known?.required !== true) return [`${name}: ${key} is newly required`];
      if (known === undefined) return [];
      const pair = { before: known.schema ?? {}, after: parameter.schema ?? {} };
      return schemaChanges(`${name}: ${key}`, pair, { side: 'request', documents });
    }),
  ];
}

function keyOf({ name, in: where }: Parameter): string {
  return `${where} ${where === 'header' ? name.toLowerCase() : name}`;
}

function bodyChanges(name: string, { before, after }: Pair<Operation>, documents: Documents): string[] {
  const old = before.requestBody;
  const today = after.requestBody;
  if (old === undefined) return today?.required === true ? [`${name}: a body is newly required`] : [];
  if (today === undefined) return [`${name}: a body is no longer taken`];
  return [
    ...(today.required === true && old.required !== true ? [`${name}: a body is newly required`] : []),
    ...contentChanges(`${name}: body`, { before: old.content ?? {}, after: today.content ?? {} }, { side: 'request', documents }),
  ];
}

function responseChanges(
  place: string,
  { before, after }: { before: Response; after: Response | undefined },
  documents: Documents,
): string[] {
  if (after === undefined) return [`${place} is gone`];
  const headers = Object.keys(before.headers ?? {}).filter((header) => !Object.hasOwn(after.headers ?? {}, header));
  const pair = { before: before.content ?? {}, after: after.content ?? {} };
  return [
    ...headers.map((header) => `${place}: header ${header} is gone`),
    ...contentChanges(place, pair, { side: 'answer', documents }),
    ...lostCodes(place, pair, documents),
  ];
}

type Context = Parameters<typeof schemaChanges>[2];

function contentChanges(place: string, { before, after }: Pair<Content>, context: Context): string[] {
  return Object.entries(before).flatMap(([type, { schema: old = {} }]) => {
    const today = after[type];
    if (today === undefined) return [`${place}: ${type} is gone`];
    return schemaChanges(place, { before: old, after: today.schema ?? {} }, context);
  });
}

/** The codes of problems are read by programs: a status may gain codes and must not lose one. */
function lostCodes(place: string, { before, after }: Pair<Content>, documents: Documents): string[] {
  const old = codesOf(documents.before, before[PROBLEM]?.schema);
  const today = codesOf(documents.after, after[PROBLEM]?.schema);
  return old.filter((code) => !today.includes(code)).map((code) => `${place}: error code ${code} is gone`);
}

function codesOf(document: object, schema: Schema = {}): string[] {
  return alternativesOf(document, schema).flatMap(({ properties }) => {
    const code = resolveReference(document, (properties as { code?: Schema } | undefined)?.code);
    return (code?.['enum'] ?? (code?.['const'] === undefined ? [] : [code['const']])) as string[];
  });
}
