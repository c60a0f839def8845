import { resolveReference, type Schema } from './json-schema.ts';

export type ApiDocument = { openapi: string; paths: Readonly<Record<string, unknown>> } & Schema;

export type Parameter = { name: string; in: string; required?: boolean; schema?: Schema };
export type Content = Readonly<Record<string, { schema?: Schema }>>;
export type Response = { content?: Content; headers?: Readonly<Record<string, unknown>> };

/** Security schemes, each with the permissions (scopes or roles) that it must have. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export type Operation = {
  operationId?: string;
  parameters: readonly Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses: Readonly<Record<string, Response>>;
  /** Alternatives: a caller needs one of them. An empty one is fulfilled without a token. */
  security: readonly SecurityRequirement[];
  /** Who may call it, such as `staff`; undefined in documents of before `x-access`. */
  access?: string;
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

type Raw = Omit<Operation, 'parameters' | 'security' | 'access' | 'responses'> & {
  parameters?: Parameter[];
  responses?: Record<string, Response>;
  security?: SecurityRequirement[];
  'x-access'?: string;
  'x-sunset'?: string;
};

function readOperation(document: ApiDocument, path: string, raw: Raw & { shared: readonly Parameter[] }): Operation {
  const {
    shared,
    parameters = [],
    responses = {},
    requestBody,
    security = (document['security'] ?? []) as SecurityRequirement[],
    'x-access': access,
    'x-sunset': sunset,
    ...rest
  } = raw;
  const resolve = <T extends object>(value: T): T => resolveReference(document, value) as T;
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return {
    ...rest,
    ...(sunset === undefined ? {} : { sunset }),
    ...(access === undefined ? {} : { access }),
    ...(requestBody === undefined ? {} : { requestBody: resolve(requestBody) }),
    parameters: [...shared, ...parameters]
      .map(resolve)
      .map((one) => (one.in === 'path' ? { ...one, name: `${places.indexOf(one.name) + 1}` } : one)),
    responses: Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, resolve(response)])),
    security: security.length === 0 ? [{}] : security,
  };
}
