import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply, Request } from './create-call.ts';
import type { WalletHistory, WalletOperation } from './wallet-history.ts';

/** A client of wallets: how it sends requests, and where their answers are recorded. */
export type WalletSender = {
  call: Call;
  random: Random;
  history: WalletHistory;
  onOperation(kind: string): void;
};

export type OperationView = { id: string; amountMinor: number; status: string; capturedMinor?: number };
export type PaymentRequest = Omit<Request, 'service'>;

const ENDED = ['settled', 'failed', 'captured', 'released', 'expired', 'approved', 'rejected'];

/**
 * Sends a request, sometimes twice at once, and sometimes again under its key. Returns the operation of the first answer; undefined
 * if it was rejected or not answered.
 */
export async function sendOften(
  sender: WalletSender,
  operation: WalletOperation,
  request: PaymentRequest,
): Promise<OperationView | undefined> {
  const { random, onOperation } = sender;
  const once = () => sendOperation(sender, operation, request);
  onOperation(operation.kind);
  const [view] = await Promise.all(random.chance(0.3) ? [once(), once()] : [once()]);
  if (operation.id === undefined || !random.chance(0.2)) return view;
  onOperation(`repeat a ${operation.kind}`);
  return once();
}

async function sendOperation(
  sender: WalletSender,
  operation: WalletOperation,
  request: PaymentRequest,
): Promise<OperationView | undefined> {
  const { history } = sender;
  const reply = await sendToPayment(sender, { ...request, headers: { 'idempotency-key': operation.key } });
  if (reply === undefined) {
    operation.lost++;
    return undefined;
  }
  operation.lost += reply.lost;
  if (![200, 201, 202].includes(reply.status)) {
    const code = codeOf(reply) ?? String(reply.status);
    if (operation.id !== undefined)
      history.reportViolation(
        'a repeated key is answered as a replay',
        operation.id,
        `key ${operation.key} was rejected: ${code}`,
      );
    operation.rejections.push(code);
    return undefined;
  }
  const view = dataOf<OperationView>(reply);
  history.answered(operation, view);
  noteEnding(sender, view);
  return view;
}

/** Records the final state that an answer shows, if it shows one. */
export function noteEnding({ history }: WalletSender, view: OperationView | undefined): void {
  if (view && ENDED.includes(view.status))
    history.ended(view.id, { status: view.status, capturedMinor: view.capturedMinor ?? 0 });
}

export function hasEnded({ status }: OperationView): boolean {
  return ENDED.includes(status);
}

export function sendToPayment({ call, random }: WalletSender, request: PaymentRequest): Promise<Reply | undefined> {
  return call({ service: 'payment', ...request, timeoutMs: 6_000 }, random);
}

export function newKey(random: Random): string {
  return `d-${Math.floor(random.next() * 2 ** 52).toString(36)}`;
}

export function dataOf<T>(reply: Reply): T {
  return (reply.body as { data: T }).data;
}

/** The error code of an answer. */
export function codeOf({ body }: Reply): string | undefined {
  return (body as { code?: string } | undefined)?.code;
}
