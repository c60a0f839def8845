import type { Finding } from './finding.ts';

type WalletOperationKind = 'top-up' | 'hold' | 'adjustment';

/** One wish to move or hold money, under one key, however often it was sent. */
export type WalletOperation = {
  kind: WalletOperationKind;
  /** Whose wallet. */
  userId: string;
  key: string;
  amountMinor: number;
  /** The id that the answers named. */
  id?: string;
  refusals: string[];
  /** Requests that never got an answer, or got one that leaves it open (5xx). */
  lost: number;
};

/** How an answer said that a hold or top-up has ended. */
type Ending = { status: string; capturedMinor: number };

export type StoredWalletOperation = Ending & {
  kind: WalletOperationKind;
  id: string;
  userId: string;
  key: string;
  amountMinor: number;
  /** The transfers that carry it out, and what they brought the wallet. */
  transfers: number;
  gainMinor: number;
  /** Its time is up. */
  isDue: boolean;
};

export type StoredWalletOperations = {
  operations: readonly StoredWalletOperation[];
  /** Wallets whose `held` is not the sum of what is held in them. */
  heldWrongly: readonly { walletId: string; heldMinor: number; openMinor: number }[];
  /** How often the audit log has each action on each hold and adjustment: by `action id`. */
  logged: ReadonlyMap<string, number>;
};

export type WalletHistory = ReturnType<typeof createWalletHistory>;

/** What clients were told of top-ups, holds and adjustments. */
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
    /** Before the first request is sent. */
    requested(kind: WalletOperationKind, userId: string, wish: { key: string; amountMinor: number }): WalletOperation {
      const operation: WalletOperation = { kind, userId, ...wish, refusals: [], lost: 0 };
      operations.push(operation);
      return operation;
    },
    answered(operation: WalletOperation, { id, amountMinor }: { id: string; amountMinor: number }): void {
      if (operation.id !== undefined && operation.id !== id)
        reportViolation('one key, one operation', id, `key ${operation.key} was answered with ${operation.id} before`);
      if (amountMinor !== operation.amountMinor)
        reportViolation('a operation is what was asked for', id, `${operation.amountMinor} asked, ${amountMinor} answered`);
      operation.id = id;
      if (operation.kind === 'hold') logged.add(`hold.place ${id}`);
      if (operation.kind === 'adjustment') logged.add(`wallet.adjust ${id}`);
    },
    /** What an answer said of a top-up or hold that has ended: that is its last word. */
    ended(id: string, { status, capturedMinor }: Ending): void {
      const before = endings.get(id);
      if (before && (before.status !== status || before.capturedMinor !== capturedMinor))
        reportViolation('it ends once', id, `${before.status} (${before.capturedMinor}), then ${status} (${capturedMinor})`);
      endings.set(id, { status, capturedMinor });
      if (status === 'captured') logged.add(`hold.capture ${id}`);
      if (status === 'released') logged.add(`hold.release ${id}`);
    },
    /** Holds what was said against what is. */
    check(stored: StoredWalletOperations): Finding[] {
      const findings = [...violations];
      const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
      const byKey = new Map<string, StoredWalletOperation[]>();
      for (const operation of stored.operations) {
        const named = `${operation.kind} ${operation.key}`;
        byKey.set(named, [...(byKey.get(named) ?? []), operation]);
      }
      const asked = new Set<string>();
      for (const { kind, key, userId, amountMinor, id, refusals, lost } of operations) {
        asked.add(`${kind} ${key}`);
        const [found, ...more] = byKey.get(`${kind} ${key}`) ?? [];
        if (more.length > 0) find('one key, one operation', key, `${more.length + 1} times a ${kind}`);
        if (id !== undefined && found?.id !== id) find('what was answered is kept', id, `${kind}: ${found?.id ?? 'nothing'}`);
        if (found && (found.userId !== userId || found.amountMinor !== amountMinor))
          find('a operation is what was asked for', found.id, `${kind} of ${amountMinor} asked, ${found.amountMinor} kept`);
        if (found && id === undefined && refusals.length > 0 && lost === 0)
          find('what was refused is not done', found.id, `${kind} was refused: ${refusals.join(', ')}`);
      }
      for (const operation of stored.operations) {
        if (!asked.has(`${operation.kind} ${operation.key}`))
          find('nothing is done that nobody asked for', operation.id, operation.kind);
        findings.push(...checkOperation(operation, endings.get(operation.id)));
      }
      for (const { walletId, heldMinor, openMinor } of stored.heldWrongly)
        find('a wallet holds what is held in it', walletId, `${heldMinor} instead of ${openMinor}`);
      for (const entry of logged) {
        const times = stored.logged.get(entry) ?? 0;
        if (times !== 1)
          find('what was done to a wallet is in the audit log', entry.split(' ')[1] ?? '', `${entry}: ${times} times`);
      }
      return findings;
    },
  };
}

/** A operation by itself: what came of it, and that it was carried out once. */
function checkOperation(operation: StoredWalletOperation, said: Ending | undefined): Finding[] {
  const { kind, id, status, amountMinor, capturedMinor, transfers, gainMinor, isDue } = operation;
  const findings: Finding[] = [];
  const find = (check: string, detail: string): void => void findings.push({ check, subject: id, detail });
  if (said && (said.status !== status || said.capturedMinor !== capturedMinor))
    find('it ends as was answered', `${said.status} (${said.capturedMinor}) answered, ${status} (${capturedMinor}) kept`);
  const wantedMinor = { 'top-up': status === 'settled' ? amountMinor : 0, hold: -capturedMinor, adjustment: amountMinor }[kind];
  if (gainMinor !== wantedMinor || transfers !== (wantedMinor === 0 ? 0 : 1))
    find(
      'a operation is carried out once',
      `${kind}, ${status}: ${transfers} transfers brought ${gainMinor} instead of ${wantedMinor}`,
    );
  if (kind === 'top-up' && status !== (amountMinor % 100 === 1 ? 'failed' : 'settled'))
    find('a top-up ends as its provider said', `${amountMinor}: ${status}`);
  if (status === 'expired' && !isDue) find('a hold lives as long as it was given', 'it has expired before its time');
  return findings;
}
