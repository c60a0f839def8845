import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply, Request } from './call.ts';
import type { Household } from './shopper.ts';
import { signIn } from './staff.ts';
import type { Deed, WalletDeeds } from './wallet-deeds.ts';

type Options = {
  call: Call;
  random: Random;
  deeds: WalletDeeds;
  /** Whose wallets are worked on. */
  homes: readonly { now: Household }[];
  everyMs: number;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

type Acting = Options & { token: string };
type View = { id: string; amountMinor: number; status: string; capturedMinor?: number };

const ENDED = ['settled', 'failed', 'captured', 'released', 'expired'];

/** Pays in for buyers, and holds, corrects, limits and freezes as staff do: one thing after the other until told to stop. */
export async function runCashier(options: Options): Promise<void> {
  const { random, everyMs, signal, homes, call } = options;
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
    await random.pickWeighted(acts)(acting, random.pick(homes).now);
    await sleep(everyMs * 2 * random.next());
  }
}

async function topUp(options: Acting, who: Household): Promise<void> {
  const { random, deeds } = options;
  // The last two digits choose what the sandbox does.
  const amountMinor = random.between(1, 30) * 100 + random.between(0, 9);
  const deed = deeds.ask('top-up', who.userId, { key: newKey(random), amountMinor });
  const request = { method: 'POST', path: '/v1/wallet/top-ups', token: who.token, body: { amountMinor } } as const;
  const view = await sendOften(options, deed, request);
  if (view === undefined || ENDED.includes(view.status)) return;
  const later = await send(options, { method: 'GET', path: `/v1/wallet/top-ups/${view.id}`, token: who.token });
  noteEnding(options, later && dataOf<View>(later));
}

async function holdAndEnd(options: Acting, who: Household): Promise<void> {
  const { random, deeds, token } = options;
  const amountMinor = random.between(1, 20_000);
  const deed = deeds.ask('hold', who.userId, { key: newKey(random), amountMinor });
  const body = { amountMinor, ttlSeconds: random.pick([1, 2, 4, 600]) };
  const hold = await sendOften(options, deed, { method: 'POST', path: `/v1/wallets/${who.userId}/holds`, token, body });
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
  const { deeds, token, onOperation } = options;
  const path = `/v1/holds/${id}/${how}`;
  const reply = await send(options, { method: 'POST', path, token, ...(body && { body }) });
  onOperation(how);
  if (reply?.status === 200) noteEnding(options, dataOf<View>(reply));
  else if (reply && reply.status !== 409) deeds.lie('a hold can be ended or not', id, `${how} was answered ${reply.status}`);
}

async function adjust(options: Acting, who: Household): Promise<void> {
  const { random, deeds, token } = options;
  const amountMinor = random.between(1, 5_000) * (random.chance(0.4) ? -1 : 1);
  const deed = deeds.ask('adjustment', who.userId, { key: newKey(random), amountMinor });
  const body = { amountMinor, reason: 'Counted again' };
  await sendOften(options, deed, { method: 'POST', path: `/v1/wallets/${who.userId}/adjustments`, token, body });
}

async function setLimits(options: Acting, who: Household): Promise<void> {
  const { random, deeds, token, onOperation } = options;
  const body = {
    creditLimitMinor: random.pick([0, 1_000, 50_000]),
    spendLimitMinor: random.pick([1_000_000, 500_000]),
    dailyLimitMinor: random.pick([null, null, 400_000]),
  };
  const reply = await send(options, { method: 'PUT', path: `/v1/wallets/${who.userId}/limits`, token, body });
  onOperation('set limits');
  if (reply && reply.status !== 200 && reply.status !== 409)
    deeds.lie('limits can be set or not', who.userId, `it was answered ${reply.status}`);
}

async function freezeAwhile(options: Acting, who: Household): Promise<void> {
  const { deeds, token, onOperation, everyMs } = options;
  for (const [deed, status] of [
    ['freeze', 'frozen'],
    ['unfreeze', 'active'],
  ] as const) {
    const reply = await send(options, { method: 'POST', path: `/v1/wallets/${who.userId}/${deed}`, token });
    onOperation(deed);
    const shown = reply?.status === 200 ? dataOf<{ status: string }>(reply).status : undefined;
    if (reply && shown !== status)
      deeds.lie('a wallet can be frozen and thawed', who.userId, `${deed} was answered ${reply.status}, ${shown}`);
    await sleep(everyMs);
  }
}

/** A careful client's request, now and then twice at once or once more under its key. */
async function sendOften(options: Acting, deed: Deed, request: Omit<Request, 'service'>): Promise<View | undefined> {
  const { random, onOperation } = options;
  const once = () => sendDeed(options, deed, request);
  onOperation(deed.kind);
  const [view] = await Promise.all(random.chance(0.3) ? [once(), once()] : [once()]);
  if (deed.id === undefined || !random.chance(0.2)) return view;
  onOperation(`repeat a ${deed.kind}`);
  return once();
}

async function sendDeed(options: Acting, deed: Deed, request: Omit<Request, 'service'>): Promise<View | undefined> {
  const { deeds } = options;
  const reply = await send(options, { ...request, headers: { 'idempotency-key': deed.key } });
  if (reply === undefined) {
    deed.lost++;
    return undefined;
  }
  deed.lost += reply.lost;
  if (reply.status !== 200 && reply.status !== 201) {
    const code = (reply.body as { code?: string } | undefined)?.code ?? String(reply.status);
    if (deed.id !== undefined) deeds.lie('a repeated key is a replay', deed.id, `key ${deed.key} was refused: ${code}`);
    deed.refusals.push(code);
    return undefined;
  }
  const view = dataOf<View>(reply);
  deeds.answered(deed, view);
  noteEnding(options, view);
  return view;
}

function noteEnding({ deeds }: Acting, view: View | undefined): void {
  if (view && ENDED.includes(view.status)) deeds.ended(view.id, { status: view.status, capturedMinor: view.capturedMinor ?? 0 });
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
