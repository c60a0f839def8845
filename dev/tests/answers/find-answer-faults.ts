import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { closeObjects } from './close-objects.ts';

const require = createRequire(import.meta.url);
const PROBLEM = 'application/problem+json';

export type SentAnswer = {
  method: string;
  /** The path as the service declares it: `/v1/purchases/:id`, `/v1/purchases/ship\\:batch`. Undefined if no path took the request. */
  route: string | undefined;
  status: number;
  headers: Readonly<Record<string, number | string | string[] | undefined>>;
  /** The text of a JSON body; undefined for other bodies. */
  json?: string | undefined;
  isEmpty: boolean;
};

type Media = { schema?: object };
type Header = { required?: boolean; schema?: object };
type Response = { $ref?: string; content?: Record<string, Media>; headers?: Record<string, Header & { $ref?: string }> };
type Document = { paths: Record<string, Record<string, { responses?: Record<string, Response> } | undefined>> };

/** Compares an answer with an OpenAPI document. Returns what differs; nothing if the answer is as documented. */
export type FindAnswerFaults = (answer: SentAnswer) => string[];

/** Headers that clients act on: an answer has them only where the document says so. */
const TOLD_HEADERS = ['location', 'etag', 'retry-after', 'idempotent-replayed'];

/**
 * Prepares a document for comparisons. Each schema is compiled once, when it is first needed. Objects are closed: a field that the
 * document lacks is a fault, although clients must accept new ones.
 */
export function createAnswerCheck(document: object): FindAnswerFaults {
  const { paths } = document as Document;
  const compile = createCompiler(document);
  return (answer) => {
    const { method, route, status } = answer;
    const path = route?.replaceAll(/(?<!\\):(\w+)/g, '{$1}').replaceAll('\\:', ':');
    const name = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = path === undefined ? undefined : paths[path]?.[name];
    if (operation === undefined) return undocumentedFaults(answer, compile);
    const responses = ['paths', path as string, name, 'responses'];
    // `default` is for failures that a proxy, or the server before its endpoint, answers.
    const key = [String(status), ...(status < 400 ? [] : ['default'])].find((one) => operation.responses?.[one] !== undefined);
    if (key === undefined) return [`status ${status} is not documented`];
    const [response, place] = resolve(document, operation.responses?.[key] as Response, [...responses, key]);
    return [...bodyFaults(answer, { response, place, compile }), ...headerFaults(document, answer, { response, place, compile })];
  };
}

type Compile = (place: readonly string[]) => ValidateFunction;
type Documented = { response: Response; place: readonly string[]; compile: Compile };

/** Answers of paths and methods that the document lacks are problems. */
function undocumentedFaults(answer: SentAnswer, compile: Compile): string[] {
  const { method, route, status } = answer;
  if (method === 'OPTIONS') return [];
  if (status < 400) return [`${method} ${route ?? 'this path'} is not documented`];
  const content = { [PROBLEM]: {} };
  const place = ['components', 'schemas', 'Problem'];
  return bodyFaults(answer, { response: { content }, place: [], compile: () => compile(place) });
}

function bodyFaults(answer: SentAnswer, { response: { content }, place, compile }: Documented): string[] {
  const { method, headers, json, isEmpty } = answer;
  if (method === 'HEAD') return [];
  if (content === undefined) return isEmpty ? [] : ['a body is not documented'];
  const type =
    String(headers['content-type'] ?? '')
      .split(';')[0]
      ?.trim() ?? '';
  const media = content[type];
  // A text may be empty, as a file without rows. JSON is not.
  if (isEmpty && (media === undefined || /[/+]json$/.test(type))) return ['the documented body is missing'];
  if (media === undefined) return [`media type ${type || 'none'} is not documented: ${Object.keys(content).join(', ')} is`];
  if (json === undefined || (media.schema === undefined && place.length > 0)) return [];
  const validate = compile([...place, 'content', type, 'schema']);
  return validate(JSON.parse(json)) ? [] : errorsOf(validate).map((error) => `body ${error} in ${json.slice(0, 500)}`);
}

function headerFaults(document: object, { headers, status }: SentAnswer, { response, place, compile }: Documented): string[] {
  const documented = Object.entries(response.headers ?? {}).map(
    ([name, header]) => [name, ...resolve(document, header, [...place, 'headers', name])] as const,
  );
  const names = new Set(documented.map(([name]) => name.toLowerCase()));
  return [
    ...TOLD_HEADERS.filter((name) => headers[name] !== undefined && !names.has(name)).map(
      (name) => `header ${name} is not documented for ${status}`,
    ),
    ...documented.flatMap(([name, { required, schema }, at]) => {
      const value = headers[name.toLowerCase()];
      if (value === undefined) return required === true ? [`header ${name} is missing`] : [];
      if (schema === undefined) return [];
      const validate = compile([...at, 'schema']);
      return validate(parsed(value)) || validate(String(value))
        ? []
        : errorsOf(validate).map((error) => `header ${name} ${error}`);
    }),
  ];
}

function parsed(header: number | string | string[]): unknown {
  return /^-?\d+$/.test(String(header)) ? Number(header) : String(header);
}

function errorsOf({ errors }: ValidateFunction): string[] {
  return (errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** Follows a local reference. */
function resolve<T extends { $ref?: string }>(document: object, value: T, place: readonly string[]): [T, readonly string[]] {
  if (value.$ref === undefined) return [value, place];
  const target = value.$ref.slice(2).split('/');
  return resolve(document, target.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document) as T, target);
}

function createCompiler(document: object): Compile {
  // Loaded for the first answer: most test processes send none.
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const addFormats = require('ajv-formats') as (ajv: object) => void;
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false });
  addFormats(ajv);
  ajv.addSchema(closeObjects(document), 'document');
  const compiled = new Map<string, ValidateFunction>();
  return (place) => {
    const pointer = `document#/${place.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    const validate = ajv.compile({ $ref: pointer });
    compiled.set(pointer, validate);
    return validate;
  };
}
