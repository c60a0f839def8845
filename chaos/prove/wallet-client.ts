import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import { type Admins, adjust } from './adjust-wallet.ts';
import type { BuyerAccount } from './buyer-client.ts';
import {
  dataOf,
  hasEnded,
  newKey,
  noteEnding,
  type OperationView,
  sendOften,
  sendToPayment,
  type WalletSender,
} from './send-wallet-operation.ts';
import { signIn } from './staff.ts';

type Options = WalletSender & {
  /** The token of the second admin. */
  reviewer: string;
  /** Accounts whose wallets the client uses. */
  slots: readonly { current: BuyerAccount }[];
  everyMs: number;
  signal: AbortSignal;
};

type Acting = Options & { token: string; admins: Admins };

/** Tops up as a buyer, and holds, adjusts, limits and freezes as an admin, until the signal aborts. */
export async function runWalletClient(options: Options): Promise<void> {
  const { random, everyMs, signal, slots, call } = options;
  const token = await signIn(call, random, demoAccounts.admin);
  const acting: Acting = { ...options, token, admins: [token, options.reviewer] };
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
  if (view === undefined || hasEnded(view)) return;
  const later = await sendToPayment(options, { method: 'GET', path: `/v1/wallet/top-ups/${view.id}`, token: account.token });
  noteEnding(options, later && dataOf<OperationView>(later));
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
  const reply = await sendToPayment(options, { method: 'POST', path, token, ...(body && { body }) });
  onOperation(how);
  if (reply?.status === 200) noteEnding(options, dataOf<OperationView>(reply));
  else if (reply && reply.status !== 409)
    history.reportViolation('ending a hold is answered 200 or 409', id, `${how} answered ${reply.status}`);
}

async function setLimits(options: Acting, account: BuyerAccount): Promise<void> {
  const { random, history, token, onOperation } = options;
  const body = {
    creditLimitMinor: random.pick([0, 1_000, 50_000]),
    spendLimitMinor: random.pick([1_000_000, 500_000]),
    dailyLimitMinor: random.pick([null, null, 400_000]),
  };
  const reply = await sendToPayment(options, { method: 'PUT', path: `/v1/wallets/${account.userId}/limits`, token, body });
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
    const reply = await sendToPayment(options, { method: 'POST', path: `/v1/wallets/${account.userId}/${operation}`, token });
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
