import { AppError, requestErrors } from '@florin/app-response';
import { isDataFault, type Transact } from '@florin/runtime';
import { isKeyTaken, type PurchaseAnswer, type PurchaseRequest, requestPurchases } from './request-purchases.ts';

export type PurchaseAcceptor = {
  /**
   * Takes a purchase; returns after the commit of the transaction that holds it.
   *
   * @throws AppError the purchase's own refusal, or UNAVAILABLE when too many wait already
   */
  accept(request: PurchaseRequest): Promise<PurchaseAnswer>;
};

export type AcceptorOptions = {
  transact: Transact;
  /** Most purchases in one transaction. */
  batchSize: number;
  /** Most purchases that wait for their transaction; what comes then is refused at once. */
  mostWaiting: number;
};

type Waiting = { request: PurchaseRequest; answer(outcome: PurchaseAnswer | AppError): void; fail(error: unknown): void };

/** A second transaction works while the first one's commit is being written; a third would only wait for their locks. */
const IN_FLIGHT = 2;
/** Bounds the statements of a batch of long baskets. */
const MOST_ITEMS = 2_000;
const RETRY_AFTER_S = '1';

/**
 * Takes purchases in sets: those that arrive while transactions are under way go together into the next one. Nobody waits for a
 * set to fill: with nothing under way a purchase goes at once, alone.
 */
export function createPurchaseAcceptor({ transact, batchSize, mostWaiting }: AcceptorOptions): PurchaseAcceptor {
  const waiting: Waiting[] = [];
  let inFlight = 0;

  const pump = (): void => {
    while (inFlight < IN_FLIGHT && waiting.length > 0) {
      inFlight++;
      void settle(transact, takeBatch(waiting, batchSize)).finally(() => {
        inFlight--;
        pump();
      });
    }
  };
  return {
    accept: (request) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= mostWaiting) {
          reject(tooMany());
          return;
        }
        const answer = (outcome: PurchaseAnswer | AppError): void =>
          outcome instanceof AppError ? reject(outcome) : resolve(outcome);
        waiting.push({ request, answer, fail: reject });
        pump();
      }),
  };
}

function takeBatch(waiting: Waiting[], batchSize: number): Waiting[] {
  let items = 0;
  const end = waiting.findIndex(({ request }, index) => {
    items += request.items.length;
    return index > 0 && (index === batchSize || items > MOST_ITEMS);
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

/** Answers each of a set. What is the data's fault is one purchase's own: then each goes alone, so that it fails no neighbour. */
async function settle(transact: Transact, batch: readonly Waiting[]): Promise<void> {
  try {
    const requests = batch.map(({ request }) => request);
    const answers = await transact((trx) => requestPurchases(trx, requests), isKeyTaken);
    batch.forEach(({ answer, fail }, index) => {
      const outcome = answers[index];
      if (outcome === undefined) fail(new Error('No answer to a purchase request.'));
      else answer(outcome);
    });
  } catch (error) {
    if (batch.length > 1 && isDataFault(error)) for (const one of batch) await settle(transact, [one]);
    else for (const { fail } of batch) fail(error);
  }
}

function tooMany(): AppError {
  return new AppError(requestErrors.UNAVAILABLE, {
    detail: 'Too many purchases are waiting.',
    headers: { 'Retry-After': RETRY_AFTER_S },
  });
}
