import { AppError, requestErrors } from '@florin/app-response';
import { isDataFault, type Transact } from '@florin/database';
import { createBatcher, currentSpan, currentTraceparent, type Metrics, type Tracer } from '@florin/runtime';
import { MAX_ITEMS } from '../pricing/index.ts';
import { purchaseErrors } from './errors.ts';
import type { PaceOptions } from './pace-purchases.ts';
import type { PurchaseMetrics } from './purchase-metrics.ts';
import type { PurchaseAnswer, PurchaseRequest } from './purchase-request.ts';
import { isKeyTaken, requestPurchases } from './request-purchases.ts';
import { tracingSet } from './trace-set.ts';

export type PurchaseAcceptor = {
  /** @throws AppError UNAVAILABLE while `maxWaiting` purchases wait, or while events are delayed for too long */
  shedLoad(): void;
  /**
   * Accepts a purchase. Returns after its transaction has committed.
   *
   * @throws AppError the reason why the purchase is rejected, UNAVAILABLE if too many purchases wait, or PURCHASES_PAUSED
   */
  accept(request: PurchaseRequest): Promise<PurchaseAnswer>;
};

export type AcceptorOptions = {
  transact: Transact;
  /** Undefined: sets are not traced. */
  tracer?: Tracer | undefined;
  /** Bounds what buyers may request whom the wallet does not cover. */
  pace?: PaceOptions;
  /** The rate of products that name none. */
  taxRatePercent?: number;
  /** Throws while events are delayed for too long to start a purchase. */
  assertTimely?(): void;
  /** Counts batches and accepted purchases. */
  metrics?: Pick<Metrics, 'observeBatch'> & Pick<PurchaseMetrics, 'countRequested'>;
  /** Whether an operator has stopped new purchases. A retry of an accepted one is still answered. */
  areStopped?(): boolean;
  /** Maximum number of purchases in one transaction. */
  batchSize: number;
  /** Maximum number of purchases that wait for a transaction. Further purchases are rejected at once. */
  maxWaiting: number;
};

/** A second transaction runs while the first commits. A third would only wait for their locks. */
const IN_FLIGHT = 2;
/** Bounds the statements of a batch. */
const MAX_PRODUCTS = 2_000;
/** A checkout counts as a full cart: its items are unknown until the cart is locked. */
const CHECKOUT_WEIGHT = MAX_ITEMS;
/** Both made once: overload throws one thousands of times a second, and a stack trace costs more than the rejection. */
const paused = new AppError(purchaseErrors.PURCHASES_PAUSED, {
  detail: 'An operator has paused new purchases. Nothing was bought; try again later.',
  headers: { 'Retry-After': '30' },
});
const tooMany = new AppError(requestErrors.UNAVAILABLE, {
  detail: 'Too many purchases are waiting.',
  headers: { 'Retry-After': '1' },
});

/** Accepts purchases in batches: purchases that arrive while transactions run share the next transaction. */
export function createPurchaseAcceptor(options: AcceptorOptions): PurchaseAcceptor {
  const { assertTimely, areStopped, batchSize, maxWaiting } = options;
  const purchases = createBatcher({
    maxInFlight: IN_FLIGHT,
    maxItems: batchSize,
    maxWeight: MAX_PRODUCTS,
    weightOf: ({ items, isCheckout }: PurchaseRequest) => (isCheckout === true ? CHECKOUT_WEIGHT : items.length),
    run(requests) {
      options.metrics?.observeBatch('accept', requests.length);
      return tracingSet(options.tracer, requests, () => acceptSet(options, requests));
    },
  });
  const shedLoad = (): void => {
    assertTimely?.();
    if (purchases.waiting() >= maxWaiting) throw tooMany;
  };
  return {
    shedLoad,
    async accept(request) {
      shedLoad();
      if (areStopped?.() === true) throw paused;
      return purchases.add({ ...request, traceparent: currentTraceparent(), span: currentSpan() });
    },
  };
}

type Outcome = PromiseSettledResult<PurchaseAnswer>;
type Accepting = Pick<AcceptorOptions, 'transact' | 'pace' | 'taxRatePercent' | 'metrics'>;

/** If the data of one purchase makes the batch fail, each purchase gets a transaction of its own, and only that one fails. */
async function acceptSet(options: Accepting, requests: readonly PurchaseRequest[]): Promise<Outcome[]> {
  try {
    const { transact, metrics } = options;
    const answers = await transact((trx) => requestPurchases(trx, requests, options), isKeyTaken);
    metrics?.countRequested(countNew(answers));
    return answers.map((answer) =>
      answer instanceof AppError ? { status: 'rejected', reason: answer } : { status: 'fulfilled', value: answer },
    );
  } catch (error) {
    if (requests.length === 1 || !isDataFault(error)) throw error;
    const outcomes: Outcome[] = [];
    for (const request of requests) outcomes.push(await acceptAlone(options, request));
    return outcomes;
  }
}

function countNew(answers: readonly (PurchaseAnswer | AppError)[]): number {
  let purchases = 0;
  for (const answer of answers) if (!(answer instanceof AppError) && !answer.isReplay) purchases++;
  return purchases;
}

async function acceptAlone(options: Accepting, request: PurchaseRequest): Promise<Outcome> {
  try {
    const [outcome = { status: 'rejected', reason: new Error('No answer to a purchase request.') }] = await acceptSet(options, [
      request,
    ]);
    return outcome;
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
