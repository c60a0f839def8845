import type { Finding } from './finding.ts';

/** Adjustments of more, either sign, need another admin. */
export const REVIEW_ABOVE_MINOR = 3_000;

type WalletOperationKind = 'top-up' | 'hold' | 'adjustment';

/** A top-up, hold or adjustment under one key, however often it was sent. */
export type WalletOperation = {
  kind: WalletOperationKind;
  /** Owner of the wallet. */
  userId: string;
  key: string;
  amountMinor: number;
  /** Id from the answers. */
  id?: string;
  rejections: string[];
  /** Number of requests without an answer, or with one that does not say whether they were applied (5xx). */
  lost: number;
};

/** Final state of a hold, top-up or review. */
type Ending = { status: string; capturedMinor: number };

export type StoredWalletOperation = Ending & {
  kind: WalletOperationKind;
  id: string;
  userId: string;
  key: string;
  amountMinor: number;
  /** Number of its transfers, and their sum for the wallet. */
  transfers: number;
  transferredMinor: number;
  /** True if the hold's time is up. */
  isDue: boolean;
  /** True if the admin who requested the adjustment decided on it. */
  isOwnDecision: boolean;
};

export type StoredWalletOperations = {
  operations: readonly StoredWalletOperation[];
  /** Wallets whose `held` is not the sum of their open holds. */
  heldWrongly: readonly { walletId: string; heldMinor: number; openMinor: number }[];
  /** Number of rows in the audit log by `action id`. */
  logged: ReadonlyMap<string, number>;
};

export type WalletHistory = ReturnType<typeof createWalletHistory>;

/** Records top-ups, holds and adjustments with their answers. */
export function createWalletHistory() {
  const operations: WalletOperation[] = [];
  const endings = new Map<string, Ending>();
  const logged = new Set<string>();
  const violations: Finding[] = [];
  const reportViolation = (check: string, subject: string, detail: string): void =>
    void violations.push({ check, subject, detail });
  return {
    violations,
    reportViolation,
    count: () => operations.length,
    countReviewed: () => [...endings.values()].filter(({ status }) => status === 'approved' || status === 'rejected').length,
    /** Call it before the first attempt is sent. */
    requested(kind: WalletOperationKind, userId: string, wish: { key: string; amountMinor: number }): WalletOperation {
      const operation: WalletOperation = { kind, userId, ...wish, rejections: [], lost: 0 };
      operations.push(operation);
      return operation;
    },
    answered(operation: WalletOperation, { id, amountMinor, status }: { id: string; amountMinor: number; status: string }): void {
      if (operation.id !== undefined && operation.id !== id)
        reportViolation('one key, one operation', id, `key ${operation.key} named ${operation.id} before`);
      if (amountMinor !== operation.amountMinor)
        reportViolation('an operation equals its request', id, `${operation.amountMinor} requested, ${amountMinor} answered`);
      operation.id = id;
      if (operation.kind === 'hold') logged.add(`hold.place ${id}`);
      if (operation.kind !== 'adjustment') return;
      logged.add(status === 'posted' ? `wallet.adjust ${id}` : `adjustment.request ${id}`);
      if ((status === 'posted') === needsReview(amountMinor))
        reportViolation('large adjustments need another admin, and no others do', id, `${amountMinor} was answered ${status}`);
    },
    /** Records the final state of a top-up, hold or review, which never changes. */
    ended(id: string, { status, capturedMinor }: Ending): void {
      const before = endings.get(id);
      if (before && (before.status !== status || before.capturedMinor !== capturedMinor))
        reportViolation(
          'an operation ends once',
          id,
          `${before.status} (${before.capturedMinor}), then ${status} (${capturedMinor})`,
        );
      endings.set(id, { status, capturedMinor });
      if (status === 'captured') logged.add(`hold.capture ${id}`);
      if (status === 'released') logged.add(`hold.release ${id}`);
      if (status === 'rejected') logged.add(`adjustment.reject ${id}`);
      if (status === 'approved') logged.add(`adjustment.approve ${id}`).add(`wallet.adjust ${id}`);
    },
    /** Compares the history with the databases. */
    check(stored: StoredWalletOperations): Finding[] {
      const findings = [...violations];
      const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
      const byKey = new Map<string, StoredWalletOperation[]>();
      for (const operation of stored.operations) {
        const named = `${operation.kind} ${operation.key}`;
        byKey.set(named, [...(byKey.get(named) ?? []), operation]);
      }
      const requested = new Set<string>();
      for (const { kind, key, userId, amountMinor, id, rejections, lost } of operations) {
        requested.add(`${kind} ${key}`);
        const [found, ...more] = byKey.get(`${kind} ${key}`) ?? [];
        if (more.length > 0) find('one key, one operation', key, `${more.length + 1} times a ${kind}`);
        if (id !== undefined && found?.id !== id) find('an answered operation is kept', id, `${kind}: ${found?.id ?? 'nothing'}`);
        if (found && (found.userId !== userId || found.amountMinor !== amountMinor))
          find('an operation equals its request', found.id, `${kind} of ${amountMinor} requested, ${found.amountMinor} stored`);
        if (found && id === undefined && rejections.length > 0 && lost === 0)
          find('a rejected operation is not applied', found.id, `${kind} was rejected: ${rejections.join(', ')}`);
      }
      for (const operation of stored.operations) {
        if (!requested.has(`${operation.kind} ${operation.key}`))
          find('every operation was requested', operation.id, operation.kind);
        findings.push(...checkOperation(operation, endings.get(operation.id)));
      }
      for (const { walletId, heldMinor, openMinor } of stored.heldWrongly)
        find('the held amount of a wallet is the sum of its holds', walletId, `${heldMinor} instead of ${openMinor}`);
      for (const entry of logged) {
        const times = stored.logged.get(entry) ?? 0;
        if (times !== 1)
          find('the audit log has each wallet operation once', entry.split(' ')[1] ?? '', `${entry}: ${times} times`);
      }
      return findings;
    },
  };
}

function needsReview(amountMinor: number): boolean {
  return Math.abs(amountMinor) > REVIEW_ABOVE_MINOR;
}

/** The sum that an operation must have moved. */
function wantedMinorOf({ kind, status, amountMinor, capturedMinor }: StoredWalletOperation): number {
  if (kind === 'hold') return -capturedMinor;
  return ['settled', 'posted', 'approved'].includes(status) ? amountMinor : 0;
}

/** Checks one operation: its final state, and that it was applied once. */
function checkOperation(operation: StoredWalletOperation, said: Ending | undefined): Finding[] {
  const { kind, id, status, amountMinor, capturedMinor, transfers, transferredMinor, isDue, isOwnDecision } = operation;
  const findings: Finding[] = [];
  const find = (check: string, detail: string): void => void findings.push({ check, subject: id, detail });
  if (said && (said.status !== status || said.capturedMinor !== capturedMinor))
    find('an operation ends as answered', `${said.status} (${said.capturedMinor}) answered, ${status} (${capturedMinor}) kept`);
  const wantedMinor = wantedMinorOf(operation);
  if (transferredMinor !== wantedMinor || transfers !== (wantedMinor === 0 ? 0 : 1))
    find(
      'an operation is applied once',
      `${kind}, ${status}: ${transfers} transfers of ${transferredMinor} instead of ${wantedMinor}`,
    );
  if (kind === 'top-up' && status !== (amountMinor % 100 === 1 ? 'failed' : 'settled'))
    find('a top-up ends as its provider reported', `${amountMinor}: ${status}`);
  if (kind === 'adjustment' && (status === 'posted') === needsReview(amountMinor))
    find('large adjustments need another admin, and no others do', `${amountMinor} is ${status}`);
  if (isOwnDecision) find('no admin decides on their own adjustment', `${status} by the admin who requested it`);
  if (status === 'expired' && !isDue) find('a hold expires at its time', 'expired early');
  return findings;
}
