import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { createPicker } from './pick.ts';
import type { LoadResult, LoadSpec } from './run-load.ts';

/** The load generator, a process of its own: one load, whose figures it sends to the process that started it. */

process.on('message', (spec: LoadSpec) => {
  void generate(spec).then((result) => process.send?.(result));
});

async function generate(spec: LoadSpec): Promise<LoadResult> {
  const { tokens, productIds } = JSON.parse(readFileSync(spec.dataPath, 'utf8')) as { tokens: string[]; productIds: string[] };
  const pickToken = createPicker(tokens, spec.wallets);
  const pickProduct = createPicker(productIds, spec.products);
  const startedAt = Date.now();
  const result = await autocannon({
    url: spec.url,
    connections: spec.connections,
    duration: spec.seconds,
    timeout: 30,
    ...(spec.ratePerS === undefined ? {} : { overallRate: spec.ratePerS }),
    requests: [
      {
        method: 'POST',
        path: '/v1/purchases',
        setupRequest: (request) => ({
          ...request,
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${pickToken()}`,
            'idempotency-key': randomUUID(),
            ...(spec.waitS === undefined ? {} : { prefer: `wait=${spec.waitS}` }),
          },
          body: `{"items":[{"productId":"${pickProduct()}","quantity":1}]}`,
        }),
      },
    ],
  });
  const { latency, statusCodeStats = {} } = result;
  return {
    startedAt,
    endedAt: Date.now(),
    statuses: Object.fromEntries(Object.entries(statusCodeStats).map(([status, { count = 0 }]) => [status, count])),
    failures: result.errors,
    latencyMs: { p50: latency.p50, p90: latency.p90, p99: latency.p99, most: latency.max },
  };
}
