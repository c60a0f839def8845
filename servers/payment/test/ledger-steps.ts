import { AssertionError } from 'node:assert';
import { AppError } from '@florin/app-response';
import { newId } from '@florin/database';
import { answerOnce, type Idempotency, type KeyedRequest, reply, sentHash } from '@florin/http';
import type { Request } from 'express';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { adjustmentsByKey } from '../src/adjustments/adjustments-by-key.ts';
import { endHold } from '../src/holds/end-hold.ts';
import { expireHolds } from '../src/holds/expire-holds.ts';
import { holdsByKey } from '../src/holds/holds-by-key.ts';
import { placeHold } from '../src/holds/place-hold.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { beginTopUp } from '../src/top-ups/begin-top-up.ts';
import { recordReport } from '../src/top-ups/record-report.ts';
import { topUpsByKey } from '../src/top-ups/top-ups-by-key.ts';
import { setLimits } from '../src/wallets/set-limits.ts';
import { setStatus } from '../src/wallets/set-status.ts';
import type { LedgerModel, ModelLimits, ModelPurchase } from './ledger-model.ts';
import { cancelled, requested } from './make-events.ts';
import { postAt } from './post-at.ts';

const MAX = Number.MAX_SAFE_INTEGER;
export const USERS = 4;
export const PURCHASES = 250;
const HOUR_MS = 3_600_000;

/** One operation on the ledger. Users, purchases, holds and top-ups are named by index, so that runs shrink well. */
export type Step =
  | { act: 'request' | 'cancel'; places: number[] }
  | { act: 'wait'; hours: number }
  /** Purchases while the database's clock is off. */
  | { act: 'request while off'; places: number[]; hours: number }
  | { act: 'hold'; user: number; amount: number; hours: number }
  | { act: 'capture'; place: number; amount: number | undefined }
  | { act: 'release'; place: number }
  | { act: 'expire' }
  | { act: 'topUp'; user: number; amount: number }
  | { act: 'report'; place: number; status: 'pending' | 'failed' | 'settled' }
  | { act: 'adjust'; user: number; amount: number }
  | { act: 'limits'; user: number; limits: ModelLimits }
  | { act: 'freeze'; user: number; frozen: boolean }
  | { act: 'repeat'; isSame: boolean };

/** Mostly small amounts, which reach the limits soon; sometimes the maximum. */
const amounts = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 61, MAX - 100, MAX) },
);
const user = fc.nat(USERS - 1);
const place = fc.nat(7);
const limitMinor = (...values: number[]) => fc.constantFrom(0, 10, 50, 100, 500, MAX, ...values);

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('request' as const),
      places: fc.array(fc.nat(PURCHASES - 1), { minLength: 1, maxLength: 100, size: 'max' }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('cancel' as const),
      places: fc.array(fc.nat(PURCHASES - 1), { minLength: 1, maxLength: 50, size: 'max' }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('request while off' as const),
      places: fc.array(fc.nat(PURCHASES - 1), { minLength: 1, maxLength: 20, size: 'max' }),
      hours: fc.constantFrom(-72, -24, -2, 2, 24, 48, 49, 72),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('hold' as const), user, amount: amounts, hours: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('capture' as const), place, amount: fc.option(amounts, { nil: undefined }) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('release' as const), place }) },
  { weight: 1, arbitrary: fc.constant({ act: 'expire' as const }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('topUp' as const), user, amount: amounts }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('report' as const),
      place,
      status: fc.constantFrom('pending' as const, 'failed' as const, 'settled' as const, 'settled' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('adjust' as const),
      user,
      amount: amounts.chain((amount) => fc.constantFrom(amount, amount, -amount)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('limits' as const),
      user,
      limits: fc.record(
        {
          creditLimitMinor: limitMinor(MAX - 100),
          spendLimitMinor: limitMinor(60, 60, 60),
          dailyLimitMinor: fc.option(limitMinor(200)),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('freeze' as const), user, frozen: fc.constantFrom(true, false, false) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('repeat' as const), isSame: fc.boolean() }) },
);

export const manySteps = fc.array(steps, { minLength: 1, maxLength: 80, size: 'max' });

export const purchaseShapes = fc.array(
  fc.record({
    user,
    amount: fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 0, max: 30 }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 1, MAX - 50, MAX) },
    ),
    currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'USD'),
  }),
  { minLength: PURCHASES, maxLength: PURCHASES },
);

export type World = {
  model: LedgerModel;
  /** The last user never gets a wallet. */
  users: readonly string[];
  purchases: readonly ModelPurchase[];
  nowMs: number;
  holds: string[];
  topUps: string[];
  /** The last request under each key, to send again or to change. */
  again?: (isSame: boolean) => Promise<{ expected: string; actual: string }>;
};

const actorId = newId();

/** Returns the number of operations in a step. */
export function operationsOf(step: Step): number {
  return 'places' in step ? step.places.length : 1;
}

/** Runs a step on the ledger and on the model, and returns both outcomes. */
export async function takeStep(db: Knex, world: World, step: Step): Promise<{ expected: string; actual: string }> {
  const { model, nowMs } = world;
  const transact = <T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> => postAt(db, new Date(nowMs), work);
  switch (step.act) {
    case 'request':
    case 'cancel':
      return payOrRefund(db, world, step);
    case 'request while off':
      return payOrRefund(db, { ...world, nowMs: nowMs + step.hours * HOUR_MS }, { act: 'request', places: step.places });
    case 'wait':
      world.nowMs += step.hours * HOUR_MS;
      return { expected: '', actual: '' };
    case 'hold': {
      const request = { ...whose(world, step.user), actorId, amountMinor: step.amount, ttlS: step.hours * 3600 };
      return keyed(world, request.amountMinor, {
        imagine: (id) =>
          model.placeHold(id, { user: request.userId, amount: step.amount, expiresMs: nowMs + step.hours * HOUR_MS }),
        idempotency: holdsByKey(db),
        owner: actorId,
        fields: { userId: request.userId, ttlSeconds: request.ttlS },
        act: (wanted) => transact((trx) => placeHold(trx, { ...request, ...wanted })),
        textOf: ({ status }) => status,
        keep: (id) => world.holds.push(id),
      });
    }
    case 'capture':
    case 'release': {
      const holdId = pick(world.holds, step.place);
      if (holdId === undefined) return { expected: '', actual: '' };
      const amount = step.act === 'capture' ? step.amount : undefined;
      const status = step.act === 'capture' ? ('captured' as const) : ('released' as const);
      const ending = { status, ...(amount !== undefined && { amountMinor: amount }) } as Parameters<typeof endHold>[1]['ending'];
      const actual = await outcomeOf(async () => {
        const hold = await transact((trx) => endHold(trx, { holdId, actorId, ending }));
        return `${hold.status} ${hold.capturedMinor}`;
      });
      return { expected: model.endHold(holdId, { status, amount }, nowMs), actual };
    }
    case 'expire':
      await transact((trx) => expireHolds(trx, { limit: 10_000 }));
      model.expire(nowMs);
      return { expected: '', actual: '' };
    case 'topUp': {
      const request = whose(world, step.user);
      return keyed(world, step.amount, {
        imagine: (id) => model.beginTopUp(id, { user: request.userId, amount: step.amount }),
        idempotency: topUpsByKey(db),
        owner: request.userId,
        fields: {},
        act: (wanted) => transact((trx) => beginTopUp(trx, { ...request, ...wanted }, { provider: 'test', leaseMs: 1 })),
        textOf: ({ status }) => status,
        keep: (id) => world.topUps.push(id),
      });
    }
    case 'report': {
      const topUpId = pick(world.topUps, step.place);
      if (topUpId === undefined) return { expected: '', actual: '' };
      const { amount: amountMinor } = model.topUps.get(topUpId) ?? { amount: 0 };
      const report = { topUpId, status: step.status, amountMinor, currency: 'EUR', reference: 'r' };
      const actual = await outcomeOf(async () => (await transact((trx) => recordReport(trx, report))).status);
      return { expected: model.report(topUpId, step.status), actual };
    }
    case 'adjust': {
      const request = { ...whose(world, step.user), actorId, reason: 'model' };
      return keyed(world, step.amount, {
        imagine: () => model.adjust(request.userId, step.amount),
        idempotency: adjustmentsByKey(db),
        owner: actorId,
        fields: { userId: request.userId, reason: request.reason },
        act: (wanted) => transact((trx) => adjustWallet(trx, { ...request, ...wanted })),
        textOf: ({ balanceAfterMinor }) => `balance ${balanceAfterMinor}`,
        keep: () => undefined,
      });
    }
    case 'limits': {
      const request = { ...whose(world, step.user), actorId, limits: step.limits };
      const actual = await outcomeOf(async () => `version ${(await transact((trx) => setLimits(trx, request))).wallet.version}`);
      return { expected: model.setLimits(request.userId, step.limits), actual };
    }
    case 'freeze': {
      const request = { ...whose(world, step.user), actorId, status: step.frozen ? ('frozen' as const) : ('active' as const) };
      const actual = await outcomeOf(async () => `version ${(await transact((trx) => setStatus(trx, request))).wallet.version}`);
      return { expected: model.freeze(request.userId, step.frozen), actual };
    }
    case 'repeat':
      return world.again?.(step.isSame) ?? { expected: '', actual: '' };
  }
}

/** Handles a list in one transaction, as the consumer does. */
async function payOrRefund(db: Knex, world: World, { act, places }: { act: 'request' | 'cancel'; places: number[] }) {
  const { model, nowMs } = world;
  const chosen = places.map((at) => world.purchases[at] as ModelPurchase);
  const purchases = chosen.map(({ id: purchaseId, user: userId, amount: totalMinor, currency }) => ({
    purchaseId,
    userId,
    totalMinor,
    currency,
  }));
  const actual = await outcomeOf(async () => {
    await postAt(db, new Date(nowMs), (trx) =>
      act === 'request'
        ? payPurchases(trx, purchases.map(requested))
        : refundPurchases(trx, purchases.map(cancelled), { currency: 'EUR' }),
    );
    return 'done';
  });
  if (act === 'request') model.request(chosen, nowMs);
  else model.cancel(chosen);
  return { expected: 'done', actual };
}

type Keyed<Done> = {
  imagine(id: string): string;
  idempotency: Idempotency;
  /** The owner of the key. */
  owner: string;
  /** The request without the amount. */
  fields: Readonly<Record<string, unknown>>;
  act(wanted: KeyedRequest & { amountMinor: number }): Promise<Done>;
  textOf(done: Done): string;
  keep(id: string): unknown;
};

/** Sends a request with a key and remembers it. Keys of even amounts are stored as the release before stores them. */
async function keyed<Done extends { id: string }>(
  world: World,
  amountMinor: number,
  { imagine, idempotency, owner: userId, fields, act, textOf, keep }: Keyed<Done>,
): Promise<{ expected: string; actual: string }> {
  const idempotencyKey = newId();
  const isOfReleaseBefore = amountMinor % 2 === 0;
  let id = '';
  const attempt = (amount: number): Promise<string> =>
    outcomeOf(async () => {
      const sent = { params: fields, query: {}, body: { ...fields, amountMinor: amount } };
      const key = { idempotencyKey, sentHash: sentHash('/', sent) };
      const stored = isOfReleaseBefore ? { idempotencyKey } : key;
      const { body, headers } = await answerOnce(idempotency, { ...key, userId, sent, request: {} as Request }, async () =>
        reply(201, await act({ ...stored, amountMinor: amount })),
      );
      const done = (body as { data: Done }).data;
      if (id !== '' && done.id !== id) return `another: ${done.id}`;
      id = done.id;
      return headers?.['Idempotent-Replayed'] === 'true' ? 'replay' : textOf(done);
    });
  const actual = await attempt(amountMinor);
  const expected = imagine(id);
  if (id === '') return { expected, actual };
  keep(id);
  world.again = async (isSame) => ({
    expected: isSame ? 'replay' : 'IDEMPOTENCY_KEY_REUSED',
    actual: await attempt(isSame ? amountMinor : amountMinor - 1),
  });
  return { expected, actual };
}

function whose({ users }: World, at: number): { userId: string; currency: string } {
  return { userId: users[at] as string, currency: 'EUR' };
}

/** Index from the newest. */
function pick(ids: readonly string[], at: number): string | undefined {
  return ids[ids.length - 1 - at];
}

async function outcomeOf(act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    if (error instanceof AssertionError) return 'impossible';
    throw error;
  }
}
