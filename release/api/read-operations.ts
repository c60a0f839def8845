import { resolveReference, type Schema } from './json-schema.ts';

export type ApiDocument = { openapi: string; paths: Readonly<Record<string, unknown>> } & Schema;

export type Parameter = { name: string; in: string; required?: boolean; schema?: Schema };
export type Content = Readonly<Record<string, { schema?: Schema }>>;
export type Response = { content?: Content; headers?: Readonly<Record<string, unknown>> };

export type Operation = {
  operationId?: string;
  parameters: readonly Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses: Readonly<Record<string, Response>>;
  isOpen: boolean;
  deprecated?: boolean;
  /** The date from which the operation may be gone (RFC 8594), if it is deprecated. */
  sunset?: string;
};

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads the operations of an OpenAPI document by method and path, with references resolved. Path parameters are named by their place, since clients do not send their names. */
export function readOperations(document: ApiDocument): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(document.paths)) {
    const { parameters: shared = [], ...methods } = item as { parameters?: Parameter[] } & Record<string, unknown>;
    for (const method of METHODS)
      if (methods[method] !== undefined)
        operations.set(
          `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}')}`,
          readOperation(document, path, { ...(methods[method] as Raw), shared }),
        );
  }
  return operations;
}

type Raw = Omit<Operation, 'parameters' | 'isOpen' | 'responses'> & {
  parameters?: Parameter[];
  responses?: Record<string, Response>;
  security?: object[];
  'x-sunset'?: string;
};

function readOperation(document: ApiDocument, path: string, raw: Raw & { shared: readonly Parameter[] }): Operation {
  const {
    shared,
    parameters = [],
    responses = {},
    requestBody,
    security = document['security'],
    'x-sunset': sunset,
    ...rest
  } = raw;
  const resolve = <T extends object>(value: T): T => resolveReference(document, value) as T;
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const requirements = (security ?? []) as object[];
  return {
    ...rest,
    ...(sunset === undefined ? {} : { sunset }),
    ...(requestBody === undefined ? {} : { requestBody: resolve(requestBody) }),
    parameters: [...shared, ...parameters]
      .map(resolve)
      .map((one) => (one.in === 'path' ? { ...one, name: `${places.indexOf(one.name) + 1}` } : one)),
    responses: Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, resolve(response)])),
    isOpen: requirements.length === 0 || requirements.some((one) => Object.keys(one).length === 0),
  };
}
