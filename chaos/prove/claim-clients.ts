import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { BuyerAccount } from './buyer-client.ts';
import type { ClaimHistory, ClaimView, RefundView } from './claim-history.ts';
import type { Call, Reply } from './create-call.ts';
import { dataOf, drawKey } from './inventory-client.ts';
import type { PurchaseView } from './purchase-history.ts';
import { signIn } from './staff.ts';

type Options = {
  call: Call;
  random: Random;
  history: ClaimHistory;
  slots: readonly { current: BuyerAccount }[];
  /** Number of clients. */
  clients: number;
  onOperation(kind: string): void;
};

type Client = Options & { staff: string };

const EVERY_MS = 300;

/** The returned function opens claims for buyers, and decides on them and refunds purchases as staff. */
export async function prepareClaimClients(options: Options): Promise<(signal: AbortSignal) => Promise<void>> {
  const staff = await signIn(options.call, options.random, demoAccounts.admin);
  const clients = Array.from({ length: options.clients }, (_, index) => ({
    ...options,
    random: options.random.split(`client ${index}`),
    staff,
  }));
  return async (signal) => {
    await Promise.all(clients.map((client) => work(client, signal)));
  };
}

async function work(client: Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(EVERY_MS * (0.5 + client.random.next()));
    if (signal.aborted) return;
    const act = client.random.pickWeighted([
      [8, openClaim],
      [6, decideClaim],
      [3, receiveClaim],
      [4, refundPurchase],
      [1, withdrawClaim],
    ] as const);
    await act(client);
  }
}

async function openClaim(client: Client): Promise<void> {
  const { random, slots, history } = client;
  const { token } = random.pick(slots).current;
  const purchase = await anyOf<PurchaseView>(client, { path: '/v1/purchases?status=delivered', token });
  const item = purchase && random.pick(purchase.items);
  if (purchase === undefined || item === undefined) return;
  const quantity = random.between(1, item.quantity);
  const claim = history.claim({ purchaseId: purchase.id, productId: item.productId, quantity, key: drawKey(random) });
  await Promise.all(
    timesOf(random).map(async () => {
      const reply = await post(client, `/v1/purchases/${purchase.id}/claims`, {
        token,
        key: claim.key,
        body: { items: [{ productId: item.productId, quantity }], reason: 'other' },
      });
      client.onOperation('open a claim');
      claim.lost += reply?.lost ?? 1;
      if (reply?.status === 201 || reply?.status === 200) history.claimed(claim, dataOf<ClaimView>(reply));
      else if (reply?.status === 409) claim.isRejected = true;
      else if (reply) history.reportViolation('a claim is answered 200, 201 or 409', purchase.id, `answered ${reply.status}`);
    }),
  );
}

async function decideClaim(client: Client): Promise<void> {
  const { random, staff } = client;
  const claim = await anyOf<ClaimView>(client, { path: '/v1/claims?status=open', token: staff });
  if (claim === undefined) return;
  const [verb, body] = random.chance(0.8)
    ? ([
        'approve',
        { refundMinor: random.between(0, 5_000), restock: random.chance(0.6), returnRequired: random.chance(0.5) },
      ] as const)
    : (['reject', { reason: 'Not broken' }] as const);
  await Promise.all(timesOf(random).map(() => act(client, claim.id, { verb, token: staff, body })));
}

async function receiveClaim(client: Client): Promise<void> {
  const { random, staff } = client;
  const claim = await anyOf<ClaimView>(client, { path: '/v1/claims?status=awaiting-return', token: staff });
  if (claim !== undefined)
    await Promise.all(timesOf(random).map(() => act(client, claim.id, { verb: 'received', token: staff })));
}

async function withdrawClaim(client: Client): Promise<void> {
  const { random, slots } = client;
  const { token } = random.pick(slots).current;
  const claim = await anyOf<ClaimView>(client, { path: '/v1/claims?status=open', token });
  if (claim !== undefined) await act(client, claim.id, { verb: 'withdraw', token });
}

async function refundPurchase(client: Client): Promise<void> {
  const { random, staff, history } = client;
  const status = random.pick(['paid', 'shipped', 'delivered'] as const);
  const purchase = await anyOf<PurchaseView>(client, { path: `/v1/purchases?status=${status}`, token: staff });
  if (purchase === undefined || purchase.totalMinor === 0) return;
  const amountMinor = random.between(1, Math.min(purchase.totalMinor, 40_000));
  const refund = history.refund({ purchaseId: purchase.id, amountMinor, key: drawKey(random) });
  await Promise.all(
    timesOf(random).map(async () => {
      const body = { amountMinor, reason: 'Goodwill' };
      const reply = await post(client, `/v1/purchases/${purchase.id}/refunds`, { token: staff, key: refund.key, body });
      client.onOperation('refund in part');
      refund.lost += reply?.lost ?? 1;
      if (reply?.status === 201 || reply?.status === 200) history.refunded(refund, dataOf<RefundView>(reply));
      else if (reply?.status === 409) refund.isRejected = true;
      else if (reply) history.reportViolation('a refund is answered 200, 201 or 409', purchase.id, `answered ${reply.status}`);
    }),
  );
}

type Act = { verb: 'approve' | 'reject' | 'received' | 'withdraw'; token: string; body?: unknown };

async function act(client: Client, id: string, { verb, token, body }: Act): Promise<void> {
  const reply = await post(client, `/v1/claims/${id}/${verb}`, { token, body });
  client.onOperation(`${verb} a claim`);
  if (reply?.status === 200) client.history.saw(dataOf<ClaimView>(reply));
  else if (reply && reply.status !== 409)
    client.history.reportViolation('a decision on a claim is answered 200 or 409', id, `${verb} answered ${reply.status}`);
}

/** Some requests are sent twice at once. */
function timesOf(random: Random): number[] {
  return random.chance(0.3) ? [1, 2] : [1];
}

type Sent = { token: string; key?: string; body?: unknown };

function post({ call, random }: Client, path: string, { token, key, body }: Sent): Promise<Reply | undefined> {
  const headers = key === undefined ? {} : { headers: { 'idempotency-key': key } };
  return call({ service: 'product', method: 'POST', path, token, ...(body === undefined ? {} : { body }), ...headers }, random);
}

async function anyOf<T>({ call, random }: Client, { path, token }: { path: string; token: string }): Promise<T | undefined> {
  const reply = await call({ service: 'product', method: 'GET', path: `${path}&limit=10`, token }, random);
  const found = reply?.status === 200 ? dataOf<T[]>(reply) : [];
  return found.length === 0 ? undefined : random.pick(found);
}
