import { clientAddress, createRateLimit, type RateLimit } from '@florin/http';
import type { ServiceContext } from '@florin/service';
import type { Request } from 'express';
import type { Knex } from 'knex';
import type { Config } from '../config.ts';
import { createSearchGate } from './search-gate.ts';

export type ProductSearches = {
  /**
   * Searches for text with a connection of the searches' own pool.
   *
   * @throws AppError RATE_LIMITED beyond the limit of an address without a token, and the errors of the gate
   */
  run<Found>(request: { request: Request; isAnonymous: boolean }, search: (db: Knex) => Promise<Found>): Promise<Found>;
};

const WINDOW_S = 60;

/** Keeps searches for text apart from the rest: they have few connections of their own, a queue and a time limit. */
export function createProductSearches({
  config,
  openPool,
}: Pick<ServiceContext<Config>, 'config' | 'openPool'>): ProductSearches {
  const { concurrency, maxWaiting, timeoutMs, addressPerMinute } = config.searches;
  const db = openPool('search', { poolMax: concurrency, maxSelectMs: timeoutMs });
  const gate = createSearchGate({ concurrency, maxWaiting });
  const byAddress = limitOf(addressPerMinute);
  return {
    async run({ request, isAnonymous }, search) {
      if (isAnonymous) await byAddress?.take(clientAddress(request));
      return gate.run(() => search(db));
    },
  };
}

function limitOf(perMinute: number): RateLimit | undefined {
  return perMinute === 0 ? undefined : createRateLimit({ name: 'search', points: perMinute, durationS: WINDOW_S });
}
