import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply } from './call.ts';
import type { Household } from './shopper.ts';
import type { Explanation, SaidEntry, Statement, WalletPasts } from './wallet-pasts.ts';

type Options = {
  call: Call;
  random: Random;
  pasts: WalletPasts;
  homes: readonly { now: Household }[];
  everyMs: number;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

/** What happens in these last milliseconds may still be under way. */
const JUST_NOW_MS = 5;

/** Asks for what is over: statements, balances of a time and why payments were decided as they were, until told to stop. */
export async function runBookkeeper(options: Options): Promise<void> {
  const { random, everyMs, signal, homes } = options;
  while (!signal.aborted) {
    const who = random.pick(homes).now;
    await random.pickWeighted([
      [2, readStatement],
      [4, readJustNow],
      [2, readExplanation],
    ] as const)(options, who);
    await sleep(everyMs * 2 * random.next());
  }
}

/** The month's statement, and then the balance of a time between two of its entries. */
async function readStatement(options: Options, who: Household): Promise<void> {
  const { random, pasts, onOperation } = options;
  const month = new Date().toISOString().slice(0, 7);
  const reply = await get(options, who, `/v1/wallet/statements/${month}?format=csv`);
  onOperation('read a statement');
  if (reply?.status !== 200) return refused(options, who, reply);
  const statement = statementOf(String(reply.body));
  pasts.statement(who.userId, statement);
  const { entries } = statement;
  const place = random.between(0, Math.max(0, entries.length - 2));
  const [entry, next] = [entries[place], entries[place + 1]];
  if (entry === undefined || next === undefined || entry.atMs === next.atMs) return;
  const balance = await readBalanceAt(options, who, random.between(entry.atMs, next.atMs - 1));
  if (balance && balance.sequence !== entry.sequence)
    pasts.lie('a balance of a time is that of its last entry', who.userId, `${balance.sequence}, not ${entry.sequence}`);
}

async function readJustNow(options: Options, who: Household): Promise<void> {
  await readBalanceAt(options, who, Date.now() - options.random.between(0, JUST_NOW_MS));
}

async function readBalanceAt(options: Options, who: Household, atMs: number): Promise<{ sequence: number } | undefined> {
  const { pasts, onOperation } = options;
  const reply = await get(options, who, `/v1/wallet/balance?at=${new Date(atMs).toISOString()}`);
  onOperation('read a balance of a time');
  // The database's clock may be behind ours.
  if (reply?.status === 422 && Date.now() - atMs < 60_000) return undefined;
  if (reply?.status !== 200) {
    refused(options, who, reply);
    return undefined;
  }
  const { sequence, balanceMinor } = dataOf<{ sequence: number; balanceMinor: number }>(reply);
  pasts.balanceAt({ userId: who.userId, atMs, sequence, balanceMinor });
  return { sequence };
}

async function readExplanation(options: Options, who: Household): Promise<void> {
  const { random, pasts, onOperation } = options;
  const list = await get(options, who, '/v1/payments?limit=50');
  const payments = list?.status === 200 ? dataOf<{ id: string }[]>(list) : [];
  if (payments.length === 0) return;
  const reply = await get(options, who, `/v1/payments/${random.pick(payments).id}/explanation`);
  onOperation('read an explanation');
  if (reply?.status === 200) pasts.explained(dataOf<Explanation>(reply));
  else refused(options, who, reply);
}

function refused({ pasts }: Options, who: Household, reply: Reply | undefined): void {
  if (reply) pasts.lie('what is over can be asked for', who.userId, `${reply.status}: ${JSON.stringify(reply.body)}`);
}

function get({ call, random }: Options, { token }: Household, path: string): Promise<Reply | undefined> {
  return call({ service: 'payment', method: 'GET', path, token, timeoutMs: 6_000 }, random);
}

/** No cell of ours has a comma or a quote in it. */
function statementOf(csv: string): Statement {
  const rows = csv
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','));
  const [opening, closing] = [rows.shift() ?? [], rows.pop() ?? []];
  return {
    openingMinor: Number(opening[4]),
    entries: rows.map(entryOf),
    closingMinor: Number(closing[4]),
    untilMs: Date.parse(closing[1] ?? ''),
  };
}

function entryOf([sequence = '', at = '', , amount = '', after = '']: readonly string[]): SaidEntry {
  return {
    sequence: Number(sequence),
    atMs: Date.parse(at),
    amountMinor: Number(amount),
    balanceAfterMinor: Number(after),
  };
}

function dataOf<T>(reply: Reply): T {
  return (reply.body as { data: T }).data;
}
