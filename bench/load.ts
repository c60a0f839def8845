import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { type LoadData, priceMinorOf, productOfUser } from './load-data.ts';
import { createPicker } from './pick.ts';
import type { LoadResult, LoadSpec, Percentiles } from './run-load.ts';

/** The load generator: a process that runs one load and sends its figures to its parent. */

/**
 * A connection with a rate sends all requests of a second as fast as it can and then pauses. In step, a load of 80% would be
 * a full load for 80% of each second. So the connections start one after another.
 */
const MOST_STEPS = 100;

process.on('message', (spec: LoadSpec) => {
  void generate(spec).then((result) => process.send?.(result));
});

async function generate(spec: LoadSpec): Promise<LoadResult> {
  const pick = createBuyerPicker(spec);
  const startedAt = Date.now();
  const taken: number[] = [];
  const refused: number[] = [];
  const results = await Promise.all(
    stepsOf(spec).map(async ({ afterMs, ...share }) => {
      await sleep(afterMs);
      return autocannon({
        url: spec.url,
        ...(spec.amount === undefined ? { duration: spec.seconds } : { amount: spec.amount }),
        timeout: 30,
        ...share,
        setupClient: (client) => {
          client.on('response', (status, _bytes, responseMs) => void (status < 300 ? taken : refused).push(responseMs));
        },
        requests: [
          {
            method: 'POST',
            path: spec.isCheckout === true ? '/v1/cart/checkout' : '/v1/purchases',
            setupRequest: (request) => {
              const { token, body } = pick();
              return {
                ...request,
                headers: {
                  'content-type': 'application/json',
                  authorization: `Bearer ${token}`,
                  'idempotency-key': randomUUID(),
                  ...(spec.hasAddresses === true ? { 'x-forwarded-for': drawAddress() } : {}),
                  ...(spec.waitS === undefined ? {} : { prefer: `wait=${spec.waitS}` }),
                },
                body,
              };
            },
          },
        ],
      });
    }),
  );
  return {
    startedAt,
    endedAt: Date.now(),
    statuses: addUp(results.map(({ statusCodeStats = {} }) => statusCodeStats)),
    failures: results.reduce((sum, { errors }) => sum + errors, 0),
    latencyMs: percentilesOf(taken),
    refusalMs: percentilesOf(refused),
  };
}

type Buyer = { token: string; body: string };

function createBuyerPicker(spec: LoadSpec): () => Buyer {
  const data = JSON.parse(readFileSync(spec.dataPath, 'utf8')) as LoadData;
  if (spec.amount !== undefined) return inTurn(data, spec);
  const pickToken = createPicker(data.tokens, spec.wallets);
  const pickProduct = createPicker(data.productIds, spec.products);
  return () => ({ token: pickToken(), body: purchaseOf(pickProduct()) });
}

/** Each user once, then again from the first. */
function inTurn({ tokens, productIds }: LoadData, { isCheckout }: LoadSpec): () => Buyer {
  let next = 0;
  return () => {
    const user = next++ % tokens.length;
    const product = productOfUser(user, productIds.length);
    const body = isCheckout === true ? `{"expectedTotalMinor":${priceMinorOf(product)}}` : purchaseOf(productIds[product] ?? '');
    return { token: tokens[user] ?? '', body };
  };
}

function purchaseOf(productId: string): string {
  return `{"items":[{"productId":"${productId}","quantity":1}]}`;
}

function drawAddress(): string {
  const part = (): number => Math.floor(Math.random() * 256);
  return `10.${part()}.${part()}.${part()}`;
}

type Step = { afterMs: number; connections: number; overallRate?: number };

function stepsOf({ connections, ratePerS }: LoadSpec): Step[] {
  if (ratePerS === undefined) return [{ afterMs: 0, connections }];
  const steps = Math.min(connections, MOST_STEPS);
  return Array.from({ length: steps }, (_, step) => ({
    afterMs: (1_000 * step) / steps,
    connections: share(connections, { step, steps }),
    overallRate: share(ratePerS, { step, steps }),
  }));
}

/** Share of each step; together they are 1. */
function share(whole: number, { step, steps }: { step: number; steps: number }): number {
  return Math.floor((whole * (step + 1)) / steps) - Math.floor((whole * step) / steps);
}

function addUp(stats: readonly Record<string, { count?: number }>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [status, { count = 0 }] of stats.flatMap((one) => Object.entries(one))) sums[status] = (sums[status] ?? 0) + count;
  return sums;
}

function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), most: at(1) };
}
