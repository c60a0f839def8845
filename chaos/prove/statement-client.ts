import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../dev/seed/random.ts';
import type { BuyerAccount } from './buyer-client.ts';
import type { Call, Reply } from './create-call.ts';
import type { Explanation, Statement, StatementEntry, StatementHistory } from './statement-history.ts';

type Options = {
  call: Call;
  random: Random;
  history: StatementHistory;
  slots: readonly { current: BuyerAccount }[];
  everyMs: number;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

/** What happens in these last milliseconds may still be under way. */
const JUST_NOW_MS = 5;

/** Asks for what is over: statements, balances of a time and why payments were decided as they were, until told to stop. */
export async function runStatementClient(options: Options): Promise<void> {
  const { random, everyMs, signal, slots } = options;
  while (!signal.aborted) {
    const account = random.pick(slots).current;
    await random.pickWeighted([
      [2, readStatement],
      [4, readJustNow],
      [2, readExplanation],
    ] as const)(options, account);
    await sleep(everyMs * 2 * random.next());
  }
}

/** The month's statement, and then the balance of a time between two of its entries. */
async function readStatement(options: Options, account: BuyerAccount): Promise<void> {
  const { random, history, onOperation } = options;
  const month = new Date().toISOString().slice(0, 7);
  const reply = await get(options, account, `/v1/wallet/statements/${month}?format=csv`);
  onOperation('read a statement');
  if (reply?.status !== 200) return refused(options, account, reply);
  const statement = statementOf(String(reply.body));
  history.statement(account.userId, statement);
  const { entries } = statement;
  const place = random.between(0, Math.max(0, entries.length - 2));
  const [entry, next] = [entries[place], entries[place + 1]];
  if (entry === undefined || next === undefined || entry.atMs === next.atMs) return;
  const balance = await readBalanceAt(options, account, random.between(entry.atMs, next.atMs - 1));
  if (balance && balance.sequence !== entry.sequence)
    history.reportViolation(
      'a balance of a time is that of its last entry',
      account.userId,
      `${balance.sequence}, not ${entry.sequence}`,
    );
}

async function readJustNow(options: Options, account: BuyerAccount): Promise<void> {
  await readBalanceAt(options, account, Date.now() - options.random.between(0, JUST_NOW_MS));
}

async function readBalanceAt(options: Options, account: BuyerAccount, atMs: number): Promise<{ sequence: number } | undefined> {
  const { history, onOperation } = options;
  const reply = await get(options, account, `/v1/wallet/balance?at=${new Date(atMs).toISOString()}`);
  onOperation('read a balance of a time');
  // The database's clock may be behind ours.
  if (reply?.status === 422 && Date.now() - atMs < 60_000) return undefined;
  if (reply?.status !== 200) {
    refused(options, account, reply);
    return undefined;
  }
  const { sequence, balanceMinor } = dataOf<{ sequence: number; balanceMinor: number }>(reply);
  history.balanceAt({ userId: account.userId, atMs, sequence, balanceMinor });
  return { sequence };
}

async function readExplanation(options: Options, account: BuyerAccount): Promise<void> {
  const { random, history, onOperation } = options;
  const list = await get(options, account, '/v1/payments?limit=50');
  const payments = list?.status === 200 ? dataOf<{ id: string }[]>(list) : [];
  if (payments.length === 0) return;
  const reply = await get(options, account, `/v1/payments/${random.pick(payments).id}/explanation`);
  onOperation('read an explanation');
  if (reply?.status === 200) history.explained(dataOf<Explanation>(reply));
  else refused(options, account, reply);
}

function refused({ history }: Options, account: BuyerAccount, reply: Reply | undefined): void {
  if (reply)
    history.reportViolation('what is over can be asked for', account.userId, `${reply.status}: ${JSON.stringify(reply.body)}`);
}

function get({ call, random }: Options, { token }: BuyerAccount, path: string): Promise<Reply | undefined> {
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

function entryOf([sequence = '', at = '', , amount = '', after = '']: readonly string[]): StatementEntry {
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
