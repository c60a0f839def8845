import { type Coupon, discountOf } from './coupon.ts';
import type { Finding } from './finding.ts';

export type Status = 'requested' | 'paid' | 'declined' | 'cancelled' | 'shipped' | 'delivered';
export type WantedItem = { productId: string; quantity: number };
export type PurchaseView = {
  id: string;
  userId: string;
  status: Status;
  items: readonly (WantedItem & { unitPriceMinor: number })[];
  totalMinor: number;
  discountMinor?: number;
  coupon?: { code: string } | undefined;
  refund: 'none' | 'pending' | 'done';
  version: number;
};
export type WalletView = { userId: string; balanceMinor: number; availableMinor: number; version: number };

/** A purchase request under one key, however often it was sent. */
export type PurchaseRequest = {
  userId: string;
  key: string;
  /** Undefined for a checkout until it is accepted: other windows change the cart. */
  items: readonly WantedItem[] | undefined;
  coupon?: Coupon | undefined;
  /** Id of the purchase, from the answers. */
  purchaseId?: string;
  totalMinor?: number;
  /** Error codes of the rejections. */
  rejections: string[];
  /** Number of requests without an answer, or with one that does not say whether they were applied (5xx). */
  lost: number;
};

/** The databases of the idle platform. */
export type Stored = {
  purchases: readonly (PurchaseView & { key: string })[];
  /** Balances of each user's wallet after each of its entries. */
  balances: ReadonlyMap<string, ReadonlySet<number>>;
  /** Emails by user id. */
  users: ReadonlyMap<string, string>;
};

export type PurchaseHistory = ReturnType<typeof createPurchaseHistory>;

/**
 * Records purchases, wallets and accounts as clients saw them. It finds contradictions between answers at once, and compares
 * all answers with the databases at the end.
 */
export function createPurchaseHistory() {
  const requests: PurchaseRequest[] = [];
  const violations: Finding[] = [];
  const purchases = new Map<string, Map<number, Pick<PurchaseView, 'status' | 'refund'>>>();
  const purchaseFloors = new Map<string, number>();
  const wallets = new Map<string, Map<number, number>>();
  const walletFloors = new Map<string, number>();
  const cancelled = new Set<string>();
  const users = new Map<string, string>();
  const reportViolation = (check: string, subject: string, detail: string): void => {
    violations.push({ check, subject, detail });
  };

  return {
    violations,
    requests,
    /** Call it before the first attempt is sent. */
    request(userId: string, key: string, items?: readonly WantedItem[], coupon?: Coupon): PurchaseRequest {
      const request: PurchaseRequest = { userId, key, items, coupon, rejections: [], lost: 0 };
      requests.push(request);
      return request;
    },
    /** Records an answer that accepts the request. `isReplay`: the answer was marked as a replay. */
    accepted(request: PurchaseRequest, purchase: PurchaseView, isReplay: boolean): void {
      if (request.purchaseId !== undefined && request.purchaseId !== purchase.id)
        reportViolation('one key, one purchase', purchase.id, `key ${request.key} named ${request.purchaseId} before`);
      if (request.purchaseId !== undefined && !isReplay)
        reportViolation('a repeated key is answered as a replay', purchase.id, `key ${request.key} was answered twice as new`);
      request.items ??= purchase.items;
      if (!sameItems(request.items, purchase.items))
        reportViolation(
          'a purchase equals its request',
          purchase.id,
          `${itemsText(request.items)} requested, ${itemsText(purchase.items)} answered`,
        );
      const expectedMinor = totalOf(purchase.items, request.coupon);
      if (purchase.totalMinor !== expectedMinor)
        reportViolation(
          'a total is the sum of its items less the discount of its coupon',
          purchase.id,
          `${purchase.totalMinor} is not ${expectedMinor}`,
        );
      if (purchase.coupon?.code !== request.coupon?.code)
        reportViolation(
          'a purchase has the coupon of its request',
          purchase.id,
          `${purchase.coupon?.code ?? 'none'} instead of ${request.coupon?.code ?? 'none'}`,
        );
      request.purchaseId = purchase.id;
      request.totalMinor = purchase.totalMinor;
    },
    /** Lowest version that a read which begins now may show. */
    purchaseFloor: (id: string): number => purchaseFloors.get(id) ?? 0,
    sawPurchase(purchase: PurchaseView, floor: number): void {
      const { id, version, status, refund } = purchase;
      const seen = purchases.get(id) ?? new Map<number, Pick<PurchaseView, 'status' | 'refund'>>();
      purchases.set(id, seen);
      const same = seen.get(version);
      if (version < floor)
        reportViolation('reads never go back', id, `version ${version} (${status}) after version ${floor} was read`);
      if (same && (same.status !== status || same.refund !== refund))
        reportViolation(
          'a version has one state',
          id,
          `version ${version} was ${same.status}/${same.refund}, then ${status}/${refund}`,
        );
      seen.set(version, { status, refund });
      purchaseFloors.set(id, Math.max(version, purchaseFloors.get(id) ?? 0));
    },
    walletFloor: (userId: string): number => walletFloors.get(userId) ?? 0,
    sawWallet({ userId, version, balanceMinor, availableMinor }: WalletView, floor: number): void {
      const seen = wallets.get(userId) ?? new Map<number, number>();
      wallets.set(userId, seen);
      const same = seen.get(version);
      if (version < floor)
        reportViolation('reads never go back', userId, `wallet version ${version} after version ${floor} was read`);
      if (same !== undefined && same !== balanceMinor)
        reportViolation('a version has one state', userId, `wallet version ${version} held ${same}, then ${balanceMinor}`);
      if (availableMinor < 0) reportViolation('no wallet is overdrawn', userId, `${availableMinor} were shown to be available`);
      seen.set(version, balanceMinor);
      walletFloors.set(userId, Math.max(version, walletFloors.get(userId) ?? 0));
    },
    cancelled: (id: string): void => void cancelled.add(id),
    signedUp: (userId: string, email: string): void => void users.set(userId, email),
    reportViolation,

    /** Compares the history with the databases. */
    check(stored: Stored): Finding[] {
      const byKey = new Map(stored.purchases.map((purchase) => [`${purchase.userId} ${purchase.key}`, purchase]));
      const byId = new Map(stored.purchases.map((purchase) => [purchase.id, purchase]));
      const findings = [...violations];
      const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });

      const requested = new Set<string>();
      for (const request of requests) {
        requested.add(`${request.userId} ${request.key}`);
        const purchase = byKey.get(`${request.userId} ${request.key}`);
        if (request.purchaseId !== undefined && purchase?.id !== request.purchaseId)
          find('an accepted purchase is kept', request.purchaseId, `key ${request.key} holds ${purchase?.id ?? 'nothing'}`);
        if (purchase && request.items && !sameItems(request.items, purchase.items))
          find(
            'a purchase equals its request',
            purchase.id,
            `${itemsText(request.items)} requested, ${itemsText(purchase.items)} stored`,
          );
        if (purchase && purchase.coupon?.code !== request.coupon?.code)
          find('a purchase has the coupon of its request', purchase.id, `${purchase.coupon?.code ?? 'none'} is stored`);
        if (purchase && request.totalMinor !== undefined && purchase.totalMinor !== request.totalMinor)
          find('a purchase equals its answer', purchase.id, `${request.totalMinor} answered, ${purchase.totalMinor} stored`);
        // A request whose connection broke may be applied after a later one was rejected.
        if (purchase && request.purchaseId === undefined && request.rejections.length > 0 && request.lost === 0)
          find(
            'a rejected purchase is not stored',
            purchase.id,
            `key ${request.key} was rejected: ${request.rejections.join(', ')}`,
          );
      }
      for (const [key, { id }] of byKey) {
        if (!requested.has(key)) find('every purchase was requested', id, `key ${key}`);
      }
      for (const [id, seen] of purchases) {
        const purchase = byId.get(id);
        if (purchase === undefined) find('a purchase once read still exists', id, 'missing');
        else findings.push(...checkHistory(purchase, seen));
      }
      for (const id of cancelled) {
        const status = byId.get(id)?.status;
        if (status !== 'cancelled') find('a cancel answered 202 is kept', id, `${status ?? 'missing'}`);
      }
      for (const [userId, seen] of wallets) {
        const had = stored.balances.get(userId);
        for (const [version, balanceMinor] of seen) {
          if (had?.has(balanceMinor) !== true)
            find('every balance read existed', userId, `version ${version} read with ${balanceMinor}`);
        }
      }
      for (const [userId, email] of users) {
        if (stored.users.get(userId) !== email)
          find('a new account is kept', userId, `${stored.users.get(userId) ?? 'missing'} instead of ${email}`);
      }
      return findings;
    },
  };
}

const after: Readonly<Record<Status, readonly Status[]>> = {
  requested: ['requested', 'paid', 'declined', 'cancelled', 'shipped', 'delivered'],
  paid: ['paid', 'cancelled', 'shipped', 'delivered'],
  declined: ['declined'],
  cancelled: ['cancelled'],
  // The carrier may return a parcel before its delivery.
  shipped: ['shipped', 'delivered', 'cancelled'],
  delivered: ['delivered'],
};

/** Checks that the statuses seen, in the order of their versions, follow the transition table and lead to the current one. */
function checkHistory(now: PurchaseView, seen: ReadonlyMap<number, Pick<PurchaseView, 'status' | 'refund'>>): Finding[] {
  const history = [...seen].sort(([a], [b]) => a - b);
  const findings: Finding[] = [];
  for (const [index, [version, { status }]] of history.entries()) {
    const [laterVersion, later] = history[index + 1] ?? [now.version, now];
    if (laterVersion < version || !after[status].includes(later.status))
      findings.push({
        check: 'a status never goes back',
        subject: now.id,
        detail: `version ${version} ${status}, version ${laterVersion} ${later.status}`,
      });
  }
  return findings;
}

function sameItems(a: readonly WantedItem[], b: readonly WantedItem[]): boolean {
  return itemsText(a) === itemsText(b);
}

function itemsText(items: readonly WantedItem[]): string {
  return items.map(({ productId, quantity }) => `${quantity} of ${productId}`).join(', ');
}

function totalOf(items: PurchaseView['items'], coupon: Coupon | undefined): number {
  const subtotalMinor = items.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
  return coupon === undefined ? subtotalMinor : subtotalMinor - discountOf(coupon, subtotalMinor);
}
