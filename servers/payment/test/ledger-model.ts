/**
 * A model of the whole ledger in memory, written from the design and not from the code. Each operation returns its outcome as text,
 * which tests compare with the outcome of the service.
 */
export type ModelWallet = {
  balance: number;
  held: number;
  credit: number;
  spendLimit: number;
  dailyLimit: number | null;
  /** The day of the last purchase, and the sum of that day. */
  day: string;
  spent: number;
  /** The purchases in the day's count. */
  counted: Set<Decision>;
  frozen: boolean;
  version: number;
  /** The balance after each entry. */
  entries: number[];
};

type Decision = {
  user: string;
  status: string;
  reason?: string;
  amount: number;
  version: number;
  day?: string;
  spentBefore?: number;
  balanceBefore?: number;
};
type ModelHold = { user: string; amount: number; captured: number; status: string; expiresMs: number };
type ModelTopUp = { user: string; amount: number; status: 'pending' | 'failed' | 'settled' };
export type ModelPurchase = { id: string; user: string; amount: number; currency: string };
export type ModelLimits = { creditLimitMinor?: number; spendLimitMinor?: number; dailyLimitMinor?: number | null };

const MAX = BigInt(Number.MAX_SAFE_INTEGER);
const RANK = { pending: 0, failed: 1, settled: 2 };

export type LedgerModel = ReturnType<typeof createLedgerModel>;

export function createLedgerModel(terms: { openingCredit: number; spendLimit: number }) {
  const wallets = new Map<string, ModelWallet>();
  const decisions = new Map<string, Decision>();
  const holds = new Map<string, ModelHold>();
  const topUps = new Map<string, ModelTopUp>();

  const available = ({ balance, credit, held }: ModelWallet): number => balance + credit - held;
  const isFull = ({ balance, credit }: ModelWallet, more: number): boolean =>
    BigInt(balance) + BigInt(more) > MAX || BigInt(balance) + BigInt(more) + BigInt(credit) > MAX;
  const move = (wallet: ModelWallet, gain: number): void => {
    if (gain === 0) return;
    wallet.balance += gain;
    wallet.entries.push(wallet.balance);
  };
  const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);
  /** A count of a day beyond the next hour is void, and rebuilt from today's charges. */
  const mend = (user: string, wallet: ModelWallet, nowMs: number): boolean => {
    if (wallet.day <= dayOf(nowMs + 3_600_000)) return false;
    wallet.day = dayOf(nowMs);
    const charged = [...decisions.values()].filter((one) => one.user === user && one.status === 'charged' && one.amount > 0);
    wallet.counted = new Set(charged.filter(({ day }) => day === wallet.day));
    wallet.spent = [...wallet.counted].reduce((sum, { amount }) => sum + amount, 0);
    return true;
  };

  function decide(wallet: ModelWallet | undefined, { user, amount, currency }: ModelPurchase, today: string): Decision {
    if (wallet === undefined) return { user, status: 'declined', reason: 'WALLET_NOT_FOUND', amount, version: 1 };
    const day = wallet.day > today ? wallet.day : today;
    const spentBefore = wallet.day === day ? wallet.spent : 0;
    const facts = { user, amount, version: 1, day, spentBefore, balanceBefore: wallet.balance };
    const declined = (reason: string): Decision => ({ ...facts, status: 'declined', reason });
    if (currency !== 'EUR') return declined('CURRENCY_MISMATCH');
    if (wallet.frozen) return declined('WALLET_FROZEN');
    if (amount > wallet.spendLimit) return declined('SPEND_LIMIT_EXCEEDED');
    if (BigInt(spentBefore) + BigInt(amount) > BigInt(wallet.dailyLimit ?? Number.MAX_SAFE_INTEGER))
      return declined('DAILY_LIMIT_EXCEEDED');
    if (amount > available(wallet)) return declined('INSUFFICIENT_FUNDS');
    return { ...facts, status: 'charged' };
  }

  return {
    wallets,
    decisions,
    holds,
    topUps,
    open(user: string): void {
      const { openingCredit: balance, spendLimit } = terms;
      wallets.set(user, {
        ...{ balance, held: 0, credit: 0, spendLimit, dailyLimit: null, day: '', spent: 0, counted: new Set<Decision>() },
        ...{ frozen: false, version: 1, entries: [balance] },
      });
    },
    /** Decides the purchases of one transaction: each changed wallet gets one new version. */
    request(purchases: readonly ModelPurchase[], nowMs: number): void {
      const changed = new Set<ModelWallet>();
      for (const { user } of purchases) {
        const wallet = wallets.get(user);
        if (wallet && mend(user, wallet, nowMs)) changed.add(wallet);
      }
      for (const purchase of purchases) {
        const known = decisions.get(purchase.id);
        if (known !== undefined) {
          known.version++;
          continue;
        }
        const wallet = wallets.get(purchase.user);
        const decision = decide(wallet, purchase, dayOf(nowMs));
        decisions.set(purchase.id, decision);
        if (decision.status !== 'charged' || wallet === undefined || purchase.amount === 0) continue;
        move(wallet, -purchase.amount);
        wallet.spent = (decision.spentBefore ?? 0) + purchase.amount;
        if (wallet.day !== decision.day) wallet.counted = new Set();
        wallet.counted.add(decision);
        wallet.day = decision.day ?? '';
        changed.add(wallet);
      }
      for (const wallet of changed) wallet.version++;
    },
    cancel(purchases: readonly ModelPurchase[]): void {
      const changed = new Set<ModelWallet>();
      for (const { id, user } of purchases) {
        const known = decisions.get(id);
        const wallet = wallets.get(user);
        if (known === undefined) decisions.set(id, { user, status: 'voided', amount: 0, version: 1 });
        else known.version++;
        if (known?.status !== 'charged' || wallet === undefined) continue;
        known.status = 'refunded';
        if (known.amount === 0) continue;
        const excess = BigInt(wallet.balance) + BigInt(known.amount) - MAX;
        if (excess > 0n) move(wallet, -Number(excess));
        move(wallet, known.amount);
        wallet.credit = Math.min(wallet.credit, Number(MAX) - wallet.balance);
        if (wallet.counted.delete(known)) wallet.spent -= known.amount;
        changed.add(wallet);
      }
      for (const wallet of changed) wallet.version++;
    },
    placeHold(id: string, hold: { user: string; amount: number; expiresMs: number }): string {
      const wallet = wallets.get(hold.user);
      if (wallet === undefined) return 'WALLET_NOT_FOUND';
      if (wallet.frozen) return 'WALLET_FROZEN';
      if (hold.amount > available(wallet)) return 'WALLET_INSUFFICIENT_FUNDS';
      wallet.held += hold.amount;
      wallet.version++;
      holds.set(id, { ...hold, captured: 0, status: 'held' });
      return 'held';
    },
    endHold(id: string, wanted: { status: 'captured' | 'released'; amount?: number | undefined }, nowMs: number): string {
      const hold = holds.get(id);
      const wallet = hold && wallets.get(hold.user);
      if (hold === undefined || wallet === undefined) return 'NOT_FOUND';
      const taken = wanted.status === 'captured' ? (wanted.amount ?? hold.amount) : 0;
      if (hold.status === wanted.status && hold.captured === taken) return `${hold.status} ${taken}`;
      if (hold.status !== 'held' || hold.expiresMs <= nowMs) return 'INVALID_TRANSITION';
      if (taken > hold.amount) return 'CAPTURE_EXCEEDS_HOLD';
      wallet.held -= hold.amount;
      wallet.version++;
      move(wallet, -taken);
      Object.assign(hold, { status: wanted.status, captured: taken });
      return `${hold.status} ${taken}`;
    },
    expire(nowMs: number): void {
      const changed = new Set<ModelWallet>();
      for (const hold of holds.values()) {
        const wallet = wallets.get(hold.user);
        if (hold.status !== 'held' || hold.expiresMs > nowMs || wallet === undefined) continue;
        hold.status = 'expired';
        wallet.held -= hold.amount;
        changed.add(wallet);
      }
      for (const wallet of changed) wallet.version++;
    },
    beginTopUp(id: string, { user, amount }: { user: string; amount: number }): string {
      const wallet = wallets.get(user);
      if (wallet === undefined) return 'WALLET_NOT_FOUND';
      if (wallet.frozen) return 'WALLET_FROZEN';
      if (isFull(wallet, amount)) return 'WALLET_FULL';
      topUps.set(id, { user, amount, status: 'pending' });
      return 'pending';
    },
    report(id: string, said: ModelTopUp['status']): string {
      const topUp = topUps.get(id);
      const wallet = topUp && wallets.get(topUp.user);
      if (topUp === undefined || wallet === undefined) return 'NOT_FOUND';
      if (RANK[said] <= RANK[topUp.status]) return topUp.status;
      if (said === 'settled') {
        if (isFull(wallet, topUp.amount)) return 'WALLET_FULL';
        move(wallet, topUp.amount);
        wallet.version++;
      }
      topUp.status = said;
      return said;
    },
    adjust(user: string, amount: number): string {
      const wallet = wallets.get(user);
      if (wallet === undefined) return 'WALLET_NOT_FOUND';
      if (BigInt(available(wallet)) + BigInt(amount) < 0n) return 'WALLET_INSUFFICIENT_FUNDS';
      if (isFull(wallet, amount)) return 'WALLET_FULL';
      move(wallet, amount);
      wallet.version++;
      return `balance ${wallet.balance}`;
    },
    setLimits(user: string, limits: ModelLimits): string {
      const wallet = wallets.get(user);
      if (wallet === undefined) return 'WALLET_NOT_FOUND';
      const { creditLimitMinor: credit = wallet.credit, spendLimitMinor: spendLimit = wallet.spendLimit } = limits;
      const { dailyLimitMinor: dailyLimit = wallet.dailyLimit } = limits;
      if (credit === wallet.credit && spendLimit === wallet.spendLimit && dailyLimit === wallet.dailyLimit)
        return `version ${wallet.version}`;
      if (wallet.balance + credit - wallet.held < 0) return 'WALLET_INSUFFICIENT_FUNDS';
      if (isFull({ ...wallet, credit }, 0)) return 'WALLET_FULL';
      Object.assign(wallet, { credit, spendLimit, dailyLimit, version: wallet.version + 1 });
      return `version ${wallet.version}`;
    },
    freeze(user: string, frozen: boolean): string {
      const wallet = wallets.get(user);
      if (wallet === undefined) return 'WALLET_NOT_FOUND';
      if (wallet.frozen !== frozen) Object.assign(wallet, { frozen, version: wallet.version + 1 });
      return `version ${wallet.version}`;
    },
  };
}
