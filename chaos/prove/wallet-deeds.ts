import type { Finding } from './finding.ts';

type DeedKind = 'top-up' | 'hold' | 'adjustment';

/** One wish to move or hold money, under one key, however often it was sent. */
export type Deed = {
  kind: DeedKind;
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

export type StoredDeed = Ending & {
  kind: DeedKind;
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

export type StoredDeeds = {
  deeds: readonly StoredDeed[];
  /** Wallets whose `held` is not the sum of what is held in them. */
  heldWrongly: readonly { walletId: string; heldMinor: number; openMinor: number }[];
  /** How often the audit log has each action on each hold and adjustment: by `action id`. */
  logged: ReadonlyMap<string, number>;
};

export type WalletDeeds = ReturnType<typeof createWalletDeeds>;

/** What clients were told of top-ups, holds and adjustments. */
export function createWalletDeeds() {
  const deeds: Deed[] = [];
  const endings = new Map<string, Ending>();
  const logged = new Set<string>();
  const lies: Finding[] = [];
  const lie = (check: string, subject: string, detail: string): void => void lies.push({ check, subject, detail });
  return {
    lies,
    lie,
    count: () => deeds.length,
    /** Before the first request is sent. */
    ask(kind: DeedKind, userId: string, wish: { key: string; amountMinor: number }): Deed {
      const deed: Deed = { kind, userId, ...wish, refusals: [], lost: 0 };
      deeds.push(deed);
      return deed;
    },
    answered(deed: Deed, { id, amountMinor }: { id: string; amountMinor: number }): void {
      if (deed.id !== undefined && deed.id !== id)
        lie('one key, one deed', id, `key ${deed.key} was answered with ${deed.id} before`);
      if (amountMinor !== deed.amountMinor)
        lie('a deed is what was asked for', id, `${deed.amountMinor} asked, ${amountMinor} answered`);
      deed.id = id;
      if (deed.kind === 'hold') logged.add(`hold.place ${id}`);
      if (deed.kind === 'adjustment') logged.add(`wallet.adjust ${id}`);
    },
    /** What an answer said of a top-up or hold that has ended: that is its last word. */
    ended(id: string, { status, capturedMinor }: Ending): void {
      const before = endings.get(id);
      if (before && (before.status !== status || before.capturedMinor !== capturedMinor))
        lie('it ends once', id, `${before.status} (${before.capturedMinor}), then ${status} (${capturedMinor})`);
      endings.set(id, { status, capturedMinor });
      if (status === 'captured') logged.add(`hold.capture ${id}`);
      if (status === 'released') logged.add(`hold.release ${id}`);
    },
    /** Holds what was said against what is. */
    check(stored: StoredDeeds): Finding[] {
      const findings = [...lies];
      const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
      const byKey = new Map<string, StoredDeed[]>();
      for (const deed of stored.deeds) {
        const named = `${deed.kind} ${deed.key}`;
        byKey.set(named, [...(byKey.get(named) ?? []), deed]);
      }
      const asked = new Set<string>();
      for (const { kind, key, userId, amountMinor, id, refusals, lost } of deeds) {
        asked.add(`${kind} ${key}`);
        const [found, ...more] = byKey.get(`${kind} ${key}`) ?? [];
        if (more.length > 0) find('one key, one deed', key, `${more.length + 1} times a ${kind}`);
        if (id !== undefined && found?.id !== id) find('what was answered is kept', id, `${kind}: ${found?.id ?? 'nothing'}`);
        if (found && (found.userId !== userId || found.amountMinor !== amountMinor))
          find('a deed is what was asked for', found.id, `${kind} of ${amountMinor} asked, ${found.amountMinor} kept`);
        if (found && id === undefined && refusals.length > 0 && lost === 0)
          find('what was refused is not done', found.id, `${kind} was refused: ${refusals.join(', ')}`);
      }
      for (const deed of stored.deeds) {
        if (!asked.has(`${deed.kind} ${deed.key}`)) find('nothing is done that nobody asked for', deed.id, deed.kind);
        findings.push(...checkDeed(deed, endings.get(deed.id)));
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

/** A deed by itself: what came of it, and that it was carried out once. */
function checkDeed(deed: StoredDeed, said: Ending | undefined): Finding[] {
  const { kind, id, status, amountMinor, capturedMinor, transfers, gainMinor, isDue } = deed;
  const findings: Finding[] = [];
  const find = (check: string, detail: string): void => void findings.push({ check, subject: id, detail });
  if (said && (said.status !== status || said.capturedMinor !== capturedMinor))
    find('it ends as was answered', `${said.status} (${said.capturedMinor}) answered, ${status} (${capturedMinor}) kept`);
  const wantedMinor = { 'top-up': status === 'settled' ? amountMinor : 0, hold: -capturedMinor, adjustment: amountMinor }[kind];
  if (gainMinor !== wantedMinor || transfers !== (wantedMinor === 0 ? 0 : 1))
    find(
      'a deed is carried out once',
      `${kind}, ${status}: ${transfers} transfers brought ${gainMinor} instead of ${wantedMinor}`,
    );
  if (kind === 'top-up' && status !== (amountMinor % 100 === 1 ? 'failed' : 'settled'))
    find('a top-up ends as its provider said', `${amountMinor}: ${status}`);
  if (status === 'expired' && !isDue) find('a hold lives as long as it was given', 'it has expired before its time');
  return findings;
}
