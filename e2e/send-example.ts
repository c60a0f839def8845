import type { OpenApiDocument } from '@florin/http';
import type { ServiceName } from '../ops/platform/service-names.ts';

type Parameter = { $ref?: string; name: string; in: 'path' | 'query' | 'header'; example?: unknown };
type Content = Record<string, { example?: unknown }>;

export type DocumentedOperation = {
  service: ServiceName;
  method: string;
  path: string;
  operationId: string;
  parameters: readonly Parameter[];
  requestBody?: { content: Content };
  responses: Readonly<Record<string, unknown>>;
};

/** Returns the operations of a service's document. */
export function operationsOf(service: ServiceName, { paths, components }: OpenApiDocument): DocumentedOperation[] {
  const resolve = (parameter: Parameter): Parameter => {
    const name = parameter.$ref?.replace('#/components/parameters/', '');
    return name === undefined ? parameter : (components['parameters']?.[name] as Parameter);
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const documented = operation as Pick<DocumentedOperation, 'operationId' | 'parameters' | 'requestBody' | 'responses'>;
      return { ...documented, service, method: method.toUpperCase(), path, parameters: documented.parameters.map(resolve) };
    }),
  );
}

type Sending = {
  url: string;
  token?: string | undefined;
  /** Texts of the example and those to send instead: ids that exist here. */
  real: ReadonlyMap<string, string>;
};

/** Sends the example of an operation: all parameters that have one, and the body of the first media type. */
export function sendExample(operation: DocumentedOperation, { url, token, real }: Sending): Promise<Response> {
  const { method, path, requestBody } = operation;
  const [[type, { example }] = ['', { example: undefined }]] = Object.entries(requestBody?.content ?? {});
  const body = typeof example === 'string' ? example : JSON.stringify(example);
  const query = new URLSearchParams(examplesIn(operation, 'query'));
  const inPath = Object.fromEntries(examplesIn(operation, 'path'));
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inPath[name] ?? '');
  return fetch(url + withReal(`${target}?${query}`, real, encodeURIComponent), {
    method,
    headers: {
      ...Object.fromEntries(examplesIn(operation, 'header').map(([name, value]) => [name, withReal(value, real)])),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': type }),
    },
    ...(body === undefined ? {} : { body: withReal(body, real) }),
  });
}

function examplesIn({ parameters }: DocumentedOperation, where: Parameter['in']): [string, string][] {
  return parameters
    .filter((parameter) => parameter.in === where && parameter.example !== undefined)
    .map(({ name, example }) => [name, String(example)]);
}

function withReal(text: string, real: ReadonlyMap<string, string>, encode: (value: string) => string = (value) => value): string {
  return [...real].reduce((done, [example, value]) => done.replaceAll(encode(example), encode(value)), text);
}
