import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export type SmokeOptions = {
  urls: { auth: string; product: string; payment: string };
  /** Maximum milliseconds for the platform to answer, and then for each event. */
  timeoutMs?: number;
  onProgress?(line: string): void;
};

type Answer = { status: number; body: { data?: unknown; code?: string; detail?: string } };
type Call = { token?: string; body?: unknown; headers?: Record<string, string> };

const POLL_MS = 500;

/**
 * Uses a deployed platform as a buyer does, through every service and Kafka: signs up, waits for the wallet, finds a product,
 * buys it, waits for the decision (in production the wallet is empty, so the purchase is declined and the stock returned),
 * cancels it if it was paid, and erases the account.
 *
 * @throws Error that names the failed step
 */
export async function smokeTest({ urls, timeoutMs = 60_000, onProgress = () => {} }: SmokeOptions): Promise<void> {
  const until = <T>(step: string, attempt: () => Promise<T>): Promise<T> => retry(step, attempt, { timeoutMs, onProgress });
  await until('the public keys', () => expectStatus(call(urls.auth, 'GET', '/.well-known/jwks.json'), [200]));
  const password = randomUUID();
  const email = `smoke-${randomUUID()}@florin.example`;
  const token = await until('signing up', async () => {
    const signUp = call(urls.auth, 'POST', '/v1/auth/signup', { body: { email, password, name: 'Smoke test' } });
    const { data } = (await expectStatus(signUp, [201])).body;
    return (data as { accessToken: string }).accessToken;
  });
  try {
    await until('the wallet', () => expectStatus(call(urls.payment, 'GET', '/v1/wallet', { token }), [200]));
    await until('a purchase', () => buyOne(urls.product, token));
  } finally {
    await until('erasing the account', () =>
      expectStatus(call(urls.auth, 'DELETE', '/v1/users/me', { token, body: { currentPassword: password } }), [204]),
    );
  }
}

async function buyOne(url: string, token: string): Promise<void> {
  const list = await expectStatus(call(url, 'GET', '/v1/products?inStock=true&sort=price&limit=1'), [200]);
  const [product] = list.body.data as { id: string; variantId?: string }[];
  if (product === undefined) return;
  const purchase = call(url, 'POST', '/v1/purchases', {
    token,
    body: { items: [{ productId: product.variantId ?? product.id, quantity: 1 }] },
    headers: { 'idempotency-key': randomUUID(), prefer: 'wait=20' },
  });
  const { data } = (await expectStatus(purchase, [200])).body;
  const { id, status } = data as { id: string; status: string };
  if (status === 'paid') await expectStatus(call(url, 'POST', `/v1/purchases/${id}/cancel`, { token, body: {} }), [202]);
  else if (status !== 'declined') throw new Error(`the purchase is ${status}`);
}

async function retry<T>(
  step: string,
  attempt: () => Promise<T>,
  { timeoutMs, onProgress }: { timeoutMs: number; onProgress(line: string): void },
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const result = await attempt();
      onProgress(`${step}: ok`);
      return result;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`Smoke test, ${step}: ${(error as Error).message}`, { cause: error });
      await sleep(POLL_MS);
    }
  }
}

async function expectStatus(called: Promise<Answer>, wanted: readonly number[]): Promise<Answer> {
  const answer = await called;
  if (wanted.includes(answer.status)) return answer;
  throw new Error(`answered ${answer.status} ${answer.body.code ?? ''} ${answer.body.detail ?? ''}`.trim());
}

async function call(url: string, method: string, path: string, { token, body, headers = {} }: Call = {}): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}
