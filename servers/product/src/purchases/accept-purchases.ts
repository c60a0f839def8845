import { AppError, requestErrors } from '@florin/app-response';
import { isDataFault, type Transact } from '@florin/database';
import { createBatcher, currentTraceparent } from '@florin/runtime';
import { isKeyTaken, type PurchaseAnswer, type PurchaseRequest, requestPurchases } from './request-purchases.ts';

export type PurchaseAcceptor = {
  /** @throws AppError UNAVAILABLE while as many wait as may, or while events are delayed for too long */
  shedLoad(): void;
  /**
   * Takes a purchase; returns after the commit of the transaction that holds it.
   *
   * @throws AppError the purchase's own refusal, or UNAVAILABLE when too many wait already
   */
  accept(request: PurchaseRequest): Promise<PurchaseAnswer>;
};

export type AcceptorOptions = {
  transact: Transact;
  /** Throws while events are delayed so long that a purchase should not begin. */
  assertTimely?(): void;
  /** Most purchases in one transaction. */
  batchSize: number;
  /** Most purchases that wait for their transaction; what comes then is refused at once. */
  maxWaiting: number;
};

/** A second transaction works while the first one's commit is being written; a third would only wait for their locks. */
const IN_FLIGHT = 2;
/** Bounds the statements of a set of long baskets. */
const MOST_PRODUCTS = 2_000;
/** Made once: under overload it is thrown thousands of times a second, and a stack for each would cost more than the refusal. */
const tooMany = new AppError(requestErrors.UNAVAILABLE, {
  detail: 'Too many purchases are waiting.',
  headers: { 'Retry-After': '1' },
});

/** Takes purchases in sets: those that arrive while transactions are under way go together into the next one. */
export function createPurchaseAcceptor({ transact, assertTimely, batchSize, maxWaiting }: AcceptorOptions): PurchaseAcceptor {
  const purchases = createBatcher({
    maxInFlight: IN_FLIGHT,
    maxItems: batchSize,
    maxWeight: MOST_PRODUCTS,
    weightOf: ({ items }: PurchaseRequest) => items.length,
    run: (requests) => acceptSet(transact, requests),
  });
  const shedLoad = (): void => {
    assertTimely?.();
    if (purchases.waiting() >= maxWaiting) throw tooMany;
  };
  return {
    shedLoad,
    async accept(request) {
      shedLoad();
      return purchases.add({ ...request, traceparent: currentTraceparent() });
    },
  };
}

type Outcome = PromiseSettledResult<PurchaseAnswer>;

/** What is the data's fault is one purchase's own: then each goes alone, so that it fails no neighbour. */
async function acceptSet(transact: Transact, requests: readonly PurchaseRequest[]): Promise<Outcome[]> {
  try {
    const answers = await transact((trx) => requestPurchases(trx, requests), isKeyTaken);
    return answers.map((answer) =>
      answer instanceof AppError ? { status: 'rejected', reason: answer } : { status: 'fulfilled', value: answer },
    );
  } catch (error) {
    if (requests.length === 1 || !isDataFault(error)) throw error;
    const outcomes: Outcome[] = [];
    for (const request of requests) outcomes.push(await acceptAlone(transact, request));
    return outcomes;
  }
}

async function acceptAlone(transact: Transact, request: PurchaseRequest): Promise<Outcome> {
  try {
    const [outcome = { status: 'rejected', reason: new Error('No answer to a purchase request.') }] = await acceptSet(transact, [
      request,
    ]);
    return outcome;
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
