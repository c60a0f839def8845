import type { CallOptions, Calls, Purchase } from './api-types.ts';
import { jitterMs } from './retry.ts';
import { wait } from './wait.ts';

export type WaitOptions = {
  /** Milliseconds to wait at most (default 60,000). */
  timeoutMs?: number;
  /** What to wait for (default: the decision, any status but `requested`). */
  until?: ((purchase: Purchase) => boolean) | undefined;
  signal?: AbortSignal | undefined;
};

export type BuyOptions = Omit<CallOptions, 'timeoutMs'> & WaitOptions;

/** The purchase is not yet what was waited for. It goes on: wait again, or cancel it. */
export class FlorinWaitTimeout extends Error {
  override readonly name = 'FlorinWaitTimeout';
  readonly purchase: Purchase;

  constructor(purchase: Purchase, timeoutMs: number) {
    super(`Purchase ${purchase.id} is ${purchase.status} after ${timeoutMs} ms`);
    this.purchase = purchase;
  }
}

export type Purchases = {
  /**
   * Requests a purchase and waits for its decision: the purchase is then `paid`, or `declined` with `declineReason`.
   *
   * @throws FlorinWaitTimeout if it is undecided after `timeoutMs`; FlorinProblem, such as PRODUCT_OUT_OF_STOCK
   */
  buy(items: readonly { productId: string; quantity: number }[], options?: BuyOptions): Promise<Purchase>;
  /**
   * Reads a purchase until it is what you wait for.
   *
   * @throws FlorinWaitTimeout if it is not after `timeoutMs`
   */
  waitForPurchase(id: string, options?: WaitOptions): Promise<Purchase>;
};

const TIMEOUT_MS = 60_000;
/** The server waits 30 s at most. A shorter time passes proxies that cut quiet connections. */
const MAX_PREFER_S = 20;
const ANSWER_MS = 10_000;
const FIRST_POLL_MS = 200;
const LAST_POLL_MS = 2_000;

export function createPurchases({ get, post }: Pick<Calls, 'get' | 'post'>): Purchases {
  const read = async (id: string, signal?: AbortSignal): Promise<Purchase> =>
    (await get('/v1/purchases/{id}', { params: { path: { id } }, signal })).data;

  /** Polls at growing intervals, with jitter. */
  async function poll(purchase: Purchase, { until = isDecided, timeoutMs = TIMEOUT_MS, signal }: WaitOptions): Promise<Purchase> {
    const deadline = performance.now() + timeoutMs;
    let current = purchase;
    for (let everyMs = FIRST_POLL_MS; !until(current); everyMs = Math.min(everyMs * 1.5, LAST_POLL_MS)) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new FlorinWaitTimeout(current, timeoutMs);
      await wait(Math.min(leftMs, everyMs / 2 + jitterMs(everyMs)), signal);
      current = await read(purchase.id, signal);
    }
    return current;
  }

  return {
    async buy(items, { timeoutMs = TIMEOUT_MS, until, retry, ...options } = {}) {
      const startedAt = performance.now();
      const waitS = Math.min(MAX_PREFER_S, Math.floor(timeoutMs / 1000));
      const { data: purchase } = await post('/v1/purchases', {
        body: { items: [...items] },
        ...(waitS > 0 && { params: { header: { Prefer: `wait=${waitS}` } } }),
        ...options,
        retry: retry === false ? retry : { maxElapsedMs: timeoutMs, ...retry },
        timeoutMs: waitS * 1000 + ANSWER_MS,
      });
      const leftMs = Math.max(0, timeoutMs - (performance.now() - startedAt));
      return poll(purchase, { timeoutMs: leftMs, until, signal: options.signal });
    },
    waitForPurchase: async (id, options = {}) => poll(await read(id, options.signal), options),
  };
}

/** A status that this client does not know, of a newer server, counts as decided. */
function isDecided({ status }: Purchase): boolean {
  return status !== 'requested';
}
