import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { createPicker } from './pick.ts';
import type { LoadResult, LoadSpec, Percentiles } from './run-load.ts';

/** The load generator, a process of its own: one load, whose figures it sends to the process that started it. */

process.on('message', (spec: LoadSpec) => {
  void generate(spec).then((result) => process.send?.(result));
});

async function generate(spec: LoadSpec): Promise<LoadResult> {
  const { tokens, productIds } = JSON.parse(readFileSync(spec.dataPath, 'utf8')) as { tokens: string[]; productIds: string[] };
  const pickToken = createPicker(tokens, spec.wallets);
  const pickProduct = createPicker(productIds, spec.products);
  const startedAt = Date.now();
  const taken: number[] = [];
  const refused: number[] = [];
  const result = await autocannon({
    url: spec.url,
    connections: spec.connections,
    duration: spec.seconds,
    timeout: 30,
    setupClient: (client) => {
      client.on('response', (status, _bytes, responseMs) => void (status < 300 ? taken : refused).push(responseMs));
    },
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
  const { statusCodeStats = {} } = result;
  return {
    startedAt,
    endedAt: Date.now(),
    statuses: Object.fromEntries(Object.entries(statusCodeStats).map(([status, { count = 0 }]) => [status, count])),
    failures: result.errors,
    latencyMs: percentilesOf(taken),
    refusalMs: percentilesOf(refused),
  };
}

function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) };
}
