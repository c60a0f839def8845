import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ReceivedSpan = {
  service: string;
  traceId: string;
  spanId: string;
  /** Empty for the first span of a trace. */
  parentSpanId: string;
  name: string;
  /** As OTLP numbers them: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  attributes: Readonly<Record<string, string | number | undefined>>;
  links: readonly { traceId: string; spanId: string }[];
  isFailed: boolean;
};

export type TestCollector = {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  endpoint: string;
  spans: ReceivedSpan[];
  /** The bodies of all requests, unparsed. */
  bodies: string[];
  requests: { headers: IncomingMessage['headers'] }[];
  /** `hang`: takes requests and never answers. */
  behave(as: 'accept' | 'hang' | 'refuse'): void;
  stop(): Promise<void>;
};

const ERROR = 2;

type Value = { stringValue?: string; intValue?: number | string; doubleValue?: number };
type Attribute = { key: string; value: Value };
type SentSpan = Omit<ReceivedSpan, 'service' | 'attributes' | 'isFailed' | 'links'> & {
  attributes?: Attribute[];
  links?: { traceId: string; spanId: string }[];
  status?: { code?: number };
};
type Sent = { resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: SentSpan[] }[] }[] };

/** A collector that takes OTLP over HTTP in JSON and keeps the spans. */
export async function startTestCollector(): Promise<TestCollector> {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const requests: TestCollector['requests'] = [];
  let behaviour: 'accept' | 'hang' | 'refuse' = 'accept';
  const server = createServer((request, response) => {
    requests.push({ headers: request.headers });
    if (behaviour === 'hang') return;
    void receive(request).then((body) => {
      if (behaviour !== 'accept' || request.url !== '/v1/traces') {
        response.writeHead(400).end();
        return;
      }
      bodies.push(body);
      spans.push(...spansIn(JSON.parse(body) as Sent));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bodies,
    requests,
    behave: (as) => {
      behaviour = as;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function spansIn({ resourceSpans }: Sent): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => read(service, span)));
  });
}

function read(service: string, { traceId, spanId, parentSpanId, name, kind, attributes, links, status }: SentSpan): ReceivedSpan {
  return {
    ...{ service, traceId, spanId, parentSpanId: parentSpanId ?? '', name, kind },
    attributes: valuesOf(attributes),
    links: (links ?? []).map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
    isFailed: status?.code === ERROR,
  };
}

function valuesOf(attributes: readonly Attribute[] = []): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue } }) => [
      key,
      stringValue ?? (intValue === undefined ? doubleValue : Number(intValue)),
    ]),
  );
}
