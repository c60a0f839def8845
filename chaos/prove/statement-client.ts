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

/** A balance this recent may have postings in progress. */
const JUST_NOW_MS = 5;

/** Reads statements, historical balances and explanations of decisions until the signal aborts. */
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

/** Reads the month's statement, and a historical balance between two of its entries. */
async function readStatement(options: Options, account: BuyerAccount): Promise<void> {
  const { random, history, onOperation } = options;
  const month = new Date().toISOString().slice(0, 7);
  const reply = await get(options, account, `/v1/wallet/statements/${month}?format=csv`);
  onOperation('read a statement');
  if (reply?.status !== 200) return reportRejection(options, account, reply);
  const statement = statementOf(String(reply.body));
  history.statement(account.userId, statement);
  const { entries } = statement;
  const place = random.between(0, Math.max(0, entries.length - 2));
  const [entry, next] = [entries[place], entries[place + 1]];
  if (entry === undefined || next === undefined || entry.atMs === next.atMs) return;
  const balance = await readBalanceAt(options, account, random.between(entry.atMs, next.atMs - 1));
  if (balance && balance.sequence !== entry.sequence)
    history.reportViolation(
      'a historical balance is that of its last entry',
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
  onOperation('read a historical balance');
  // The database's clock may be behind this one.
  if (reply?.status === 422 && Date.now() - atMs < 60_000) return undefined;
  if (reply?.status !== 200) {
    reportRejection(options, account, reply);
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
  else reportRejection(options, account, reply);
}

function reportRejection({ history }: Options, account: BuyerAccount, reply: Reply | undefined): void {
  if (reply)
    history.reportViolation('history reads are answered 200', account.userId, `${reply.status}: ${JSON.stringify(reply.body)}`);
}

function get({ call, random }: Options, { token }: BuyerAccount, path: string): Promise<Reply | undefined> {
  return call({ service: 'payment', method: 'GET', path, token, timeoutMs: 6_000 }, random);
}

/** Parses the CSV; none of its cells has a comma or a quote. */
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
