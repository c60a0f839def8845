import type { BuyerAccount } from './buyer-client.ts';
import {
  codeOf,
  dataOf,
  newKey,
  noteEnding,
  type OperationView,
  sendOften,
  sendToPayment,
  type WalletSender,
} from './send-wallet-operation.ts';

/** The tokens of two admins. Each decides on the large adjustments of the other. */
export type Admins = readonly [string, string];

type Adjusting = WalletSender & { admins: Admins };
type Verb = 'approve' | 'reject';

/** Adjusts a wallet. If the amount needs a review, the other admin approves or rejects it, several times and at once, or not at all. */
export async function adjust(options: Adjusting, account: BuyerAccount): Promise<void> {
  const { random, history, admins } = options;
  const [token, other] = random.chance(0.5) ? admins : admins.toReversed();
  const amountMinor = random.between(1, 5_000) * (random.chance(0.4) ? -1 : 1);
  const operation = history.requested('adjustment', account.userId, { key: newKey(random), amountMinor });
  const body = { amountMinor, reason: 'Counted again' };
  const path = `/v1/wallets/${account.userId}/adjustments`;
  const view = await sendOften(options, operation, { method: 'POST', path, token: token ?? '', body });
  if (view?.status !== 'pending') return;
  if (random.chance(0.5)) await decideOwn(options, view, token ?? '');
  await decideSomehow(options, view, other ?? '');
}

async function decideSomehow(options: Adjusting, view: OperationView, token: string): Promise<void> {
  const approve = () => decide(options, { view, token, verb: 'approve' });
  const reject = () => decide(options, { view, token, verb: 'reject' });
  const ways = [
    [3, approve],
    [2, reject],
    [2, () => Promise.all([approve(), approve()])],
    [2, () => Promise.all([approve(), reject()])],
    [1, async () => {}],
  ] as const;
  await options.random.pickWeighted<() => Promise<unknown>>(ways)();
  if (options.random.chance(0.2)) await options.random.pick([approve, reject])();
}

type Decision = { view: OperationView; token: string; verb: Verb };

async function decide(options: Adjusting, { view: { id }, token, verb }: Decision): Promise<void> {
  const reply = await sendToPayment(options, { method: 'POST', path: `/v1/adjustments/${id}/${verb}`, token });
  options.onOperation(`${verb} an adjustment`);
  if (reply?.status === 200) noteEnding(options, dataOf<OperationView>(reply));
  else if (reply && reply.status !== 409)
    options.history.reportViolation('a decision on an adjustment is answered 200 or 409', id, `${verb} answered ${reply.status}`);
}

async function decideOwn(options: Adjusting, { id }: OperationView, token: string): Promise<void> {
  const verb = options.random.pick<Verb>(['approve', 'reject']);
  const reply = await sendToPayment(options, { method: 'POST', path: `/v1/adjustments/${id}/${verb}`, token });
  options.onOperation(`${verb} an own adjustment`);
  if (reply && codeOf(reply) !== 'REQUESTED_BY_YOU')
    options.history.reportViolation('no admin decides on their own adjustment', id, `${verb} answered ${reply.status}`);
}
