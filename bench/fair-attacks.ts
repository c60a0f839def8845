import { randomUUID } from 'node:crypto';

export const attackNames = [
  'large bodies',
  'hostile files',
  'uncovered purchases',
  'searches',
  'refusals',
  'slow connections',
] as const;
export type AttackName = (typeof attackNames)[number];

export type AttackTarget = {
  /** The token of the hostile buyer, whose wallet covers none of its purchases. */
  token: string;
  staffToken: string;
  productIds: readonly string[];
  /** Units of each product that an uncovered purchase takes: most of the stock. */
  quantity: number;
};

export type AttackRequest = { method: string; path: string; headers: Record<string, string>; body?: string | Buffer };

const JSON_TYPE = { 'content-type': 'application/json' };
/** 76 kB: beyond the maximum of the endpoint. */
const ITEMS = 4_200;
/** Within the maximum of most endpoints. */
const UNKNOWN_FIELDS = 2_000;
/** 12 MB. */
const EMPTY_ROWS = 6_000_000;
const MAX_ITEMS = 50;

/** Returns a function that makes the requests of an attack, one after another. */
export function requestsOf(attack: Exclude<AttackName, 'slow connections'>, target: AttackTarget): () => AttackRequest {
  const authorization = `Bearer ${target.token}`;
  switch (attack) {
    case 'large bodies': {
      const tooLarge = JSON.stringify({ items: Array.from({ length: ITEMS }, () => ({})) });
      const fields = Array.from({ length: UNKNOWN_FIELDS }, (_, index) => [`f${index}`, 0]);
      const bodies = [tooLarge, JSON.stringify(Object.fromEntries(fields))];
      return inTurn(bodies.map((body) => () => purchase(authorization, body)));
    }
    case 'hostile files': {
      const start = 'sku,name,priceMinor,categoryId\n';
      const empty = Buffer.from(start + ',\n'.repeat(EMPTY_ROWS));
      const ragged = Buffer.from(start + 'x\n'.repeat(EMPTY_ROWS));
      return inTurn([empty, ragged].map((body) => () => file(`Bearer ${target.staffToken}`, body)));
    }
    case 'uncovered purchases': {
      const items = target.productIds.slice(0, MAX_ITEMS).map((productId) => ({ productId, quantity: target.quantity }));
      const body = JSON.stringify({ items });
      return () => purchase(authorization, body);
    }
    case 'searches':
      return inTurn(
        ['and', 'skillet', 'the'].map((word) => () => ({ method: 'GET', path: `/v1/products?q=${word}`, headers: {} })),
      );
    case 'refusals':
      return inTurn([
        () => ({ method: 'GET', path: '/v1/nothing', headers: {} }),
        () => ({ method: 'GET', path: '/v1/purchases', headers: { authorization: `Bearer ${randomUUID()}` } }),
        () => ({ method: 'GET', path: '/v1/product-imports/1', headers: { authorization } }),
      ]);
  }
}

function inTurn<T>(makers: readonly (() => T)[]): () => T {
  let next = 0;
  return () => {
    const make = makers[next++ % makers.length];
    if (make === undefined) throw new Error('There is nothing to make');
    return make();
  };
}

function purchase(authorization: string, body: string): AttackRequest {
  const headers = { ...JSON_TYPE, authorization, 'idempotency-key': randomUUID() };
  return { method: 'POST', path: '/v1/purchases', headers, body };
}

function file(authorization: string, body: Buffer): AttackRequest {
  const headers = { 'content-type': 'text/csv', authorization, 'idempotency-key': randomUUID() };
  return { method: 'POST', path: '/v1/products/import', headers, body };
}
