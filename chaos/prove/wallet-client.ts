import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { BuyerAccount } from './buyer-client.ts';
import type { Call, Reply, Request } from './create-call.ts';
import { signIn } from './staff.ts';
import type { WalletHistory, WalletOperation } from './wallet-history.ts';

type Options = {
  call: Call;
  random: Random;
  history: WalletHistory;
  /** Accounts whose wallets the client uses. */
  slots: readonly { current: BuyerAccount }[];
  everyMs: number;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

type Acting = Options & { token: string };
type View = { id: string; amountMinor: number; status: string; capturedMinor?: number };

const ENDED = ['settled', 'failed', 'captured', 'released', 'expired'];

/** Tops up as a buyer, and holds, adjusts, limits and freezes as staff, until the signal aborts. */
export async function runWalletClient(options: Options): Promise<void> {
  const { random, everyMs, signal, slots, call } = options;
  const token = await signIn(call, random, demoAccounts.admin);
  const acting = { ...options, token };
  const acts = [
    [5, topUp],
    [6, holdAndEnd],
    [4, adjust],
    [2, setLimits],
    [1, freezeAwhile],
  ] as const;
  while (!signal.aborted) {
    await random.pickWeighted(acts)(acting, random.pick(slots).current);
    await sleep(everyMs * 2 * random.next());
  }
}

async function topUp(options: Acting, account: BuyerAccount): Promise<void> {
  const { random, history } = options;
  // The last two digits select the sandbox's outcome.
  const amountMinor = random.between(1, 30) * 100 + random.between(0, 9);
  const operation = history.requested('top-up', account.userId, { key: newKey(random), amountMinor });
  const request = { method: 'POST', path: '/v1/wallet/top-ups', token: account.token, body: { amountMinor } } as const;
  const view = await sendOften(options, operation, request);
  if (view === undefined || ENDED.includes(view.status)) return;
  const later = await send(options, { method: 'GET', path: `/v1/wallet/top-ups/${view.id}`, token: account.token });
  noteEnding(options, later && dataOf<View>(later));
}

async function holdAndEnd(options: Acting, account: BuyerAccount): Promise<void> {
  const { random, history, token } = options;
  const amountMinor = random.between(1, 20_000);
  const operation = history.requested('hold', account.userId, { key: newKey(random), amountMinor });
  const body = { amountMinor, ttlSeconds: random.pick([1, 2, 4, 600]) };
  const hold = await sendOften(options, operation, { method: 'POST', path: `/v1/wallets/${account.userId}/holds`, token, body });
  if (hold === undefined) return;
  const capture = () => endHold(options, hold.id, 'capture', { amountMinor: random.between(1, amountMinor) });
  const release = () => endHold(options, hold.id, 'release');
  await random.pick([
    capture,
    release,
    () => Promise.all([capture(), release()]),
    () => Promise.all([capture(), capture()]),
    async () => {},
  ])();
}

async function endHold(options: Acting, id: string, how: 'capture' | 'release', body?: { amountMinor: number }): Promise<void> {
  const { history, token, onOperation } = options;
  const path = `/v1/holds/${id}/${how}`;
  const reply = await send(options, { method: 'POST', path, token, ...(body && { body }) });
  onOperation(how);
  if (reply?.status === 200) noteEnding(options, dataOf<View>(reply));
  else if (reply && reply.status !== 409)
    history.reportViolation('ending a hold is answered 200 or 409', id, `${how} answered ${reply.status}`);
}

async function adjust(options: Acting, account: BuyerAccount): Promise<void> {
  const { random, history, token } = options;
  const amountMinor = random.between(1, 5_000) * (random.chance(0.4) ? -1 : 1);
  const operation = history.requested('adjustment', account.userId, { key: newKey(random), amountMinor });
  const body = { amountMinor, reason: 'Counted again' };
  await sendOften(options, operation, { method: 'POST', path: `/v1/wallets/${account.userId}/adjustments`, token, body });
}

async function setLimits(options: Acting, account: BuyerAccount): Promise<void> {
  const { random, history, token, onOperation } = options;
  const body = {
    creditLimitMinor: random.pick([0, 1_000, 50_000]),
    spendLimitMinor: random.pick([1_000_000, 500_000]),
    dailyLimitMinor: random.pick([null, null, 400_000]),
  };
  const reply = await send(options, { method: 'PUT', path: `/v1/wallets/${account.userId}/limits`, token, body });
  onOperation('set limits');
  if (reply && reply.status !== 200 && reply.status !== 409)
    history.reportViolation('setting limits is answered 200 or 409', account.userId, `answered ${reply.status}`);
}

async function freezeAwhile(options: Acting, account: BuyerAccount): Promise<void> {
  const { history, token, onOperation, everyMs } = options;
  for (const [operation, status] of [
    ['freeze', 'frozen'],
    ['unfreeze', 'active'],
  ] as const) {
    const reply = await send(options, { method: 'POST', path: `/v1/wallets/${account.userId}/${operation}`, token });
    onOperation(operation);
    const shown = reply?.status === 200 ? dataOf<{ status: string }>(reply).status : undefined;
    if (reply && shown !== status)
      history.reportViolation(
        'freezing a wallet sets its status',
        account.userId,
        `${operation} answered ${reply.status}, ${shown}`,
      );
    await sleep(everyMs);
  }
}

/** Sends a request, sometimes twice at once, and sometimes again under its key. */
async function sendOften(
  options: Acting,
  operation: WalletOperation,
  request: Omit<Request, 'service'>,
): Promise<View | undefined> {
  const { random, onOperation } = options;
  const once = () => sendOperation(options, operation, request);
  onOperation(operation.kind);
  const [view] = await Promise.all(random.chance(0.3) ? [once(), once()] : [once()]);
  if (operation.id === undefined || !random.chance(0.2)) return view;
  onOperation(`repeat a ${operation.kind}`);
  return once();
}

async function sendOperation(
  options: Acting,
  operation: WalletOperation,
  request: Omit<Request, 'service'>,
): Promise<View | undefined> {
  const { history } = options;
  const reply = await send(options, { ...request, headers: { 'idempotency-key': operation.key } });
  if (reply === undefined) {
    operation.lost++;
    return undefined;
  }
  operation.lost += reply.lost;
  if (reply.status !== 200 && reply.status !== 201) {
    const code = (reply.body as { code?: string } | undefined)?.code ?? String(reply.status);
    if (operation.id !== undefined)
      history.reportViolation(
        'a repeated key is answered as a replay',
        operation.id,
        `key ${operation.key} was rejected: ${code}`,
      );
    operation.rejections.push(code);
    return undefined;
  }
  const view = dataOf<View>(reply);
  history.answered(operation, view);
  noteEnding(options, view);
  return view;
}

function noteEnding({ history }: Acting, view: View | undefined): void {
  if (view && ENDED.includes(view.status))
    history.ended(view.id, { status: view.status, capturedMinor: view.capturedMinor ?? 0 });
}

function send({ call, random }: Acting, request: Omit<Request, 'service'>): Promise<Reply | undefined> {
  return call({ service: 'payment', ...request, timeoutMs: 6_000 }, random);
}

function newKey(random: Random): string {
  return `d-${Math.floor(random.next() * 2 ** 52).toString(36)}`;
}

function dataOf<T>(reply: Reply): T {
  return (reply.body as { data: T }).data;
}
