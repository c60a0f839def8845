/**
 * An in-memory model of Florin from sign-up to refund: a shop (product) and a bank (payment) that exchange messages. One step
 * happens at a time. It has no database and shares no code with the servers.
 *
 * A message with a known identity changes nothing. One with the same content and another identity was published again.
 */
export type Message = { user: string } & (
  | { type: 'user-registered' | 'wallet-opened' | 'wallet-changed' }
  | { type: 'purchase-requested'; purchase: number; totalMinor: number; currency: string }
  | { type: 'purchase-cancelled'; purchase: number; by: Canceller }
  | { type: 'purchase-declined'; purchase: number; amountMinor: number; reason: string }
  | { type: 'purchase-paid' | 'purchase-refunded'; purchase: number; amountMinor: number }
);
type Send = (message: Message) => void;

export type Product = { name: string; priceMinor: number; currency: string; stock: number };
export type Item = { product: string; quantity: number };
export type PurchaseRequest = { user: string; key: string; items: readonly Item[] };
export type Purchase = PurchaseRequest & {
  status: 'requested' | 'paid' | 'declined' | 'cancelled';
  refund: 'none' | 'pending' | 'done';
  totalMinor: number;
  currency: string;
  declineReason?: string;
};
export type Canceller = 'buyer' | 'staff' | 'timeout';
/** Purchases are numbered in the order of their acceptance. */
export type BuyAnswer = { accepted: number } | { replayed: number } | { refused: string };
export type CancelAnswer = 'cancelled' | 'already' | 'refused' | 'unknown';

export type Shop = ReturnType<typeof createShop>;

export function createShop(products: readonly Product[], send: Send) {
  const catalogue = new Map(products.map((product) => [product.name, product]));
  const stock = new Map(products.map((product) => [product.name, product.stock]));
  const archived = new Set<string>();
  const purchases: Purchase[] = [];
  const readyBuyers = new Set<string>();
  const consumed = new Set<Message>();

  const moveStock = (items: readonly Item[], sign: 1 | -1): void => {
    for (const { product, quantity } of items) stock.set(product, known(stock, product) + sign * quantity);
  };
  const refusalOf = ({ user, items }: PurchaseRequest): string | undefined => {
    for (const { product } of items) {
      if (!catalogue.has(product)) return 'PRODUCT_NOT_FOUND';
      if (archived.has(product)) return 'PRODUCT_ARCHIVED';
    }
    if (new Set(items.map(({ product }) => known(catalogue, product).currency)).size > 1) return 'VALIDATION_FAILED';
    if (!readyBuyers.has(user)) return 'WALLET_NOT_READY';
    if (items.some(({ product, quantity }) => quantity > known(stock, product))) return 'PRODUCT_OUT_OF_STOCK';
    return undefined;
  };
  const accept = (request: PurchaseRequest): BuyAnswer => {
    const lines = request.items.map(({ product, quantity }) => ({ ...known(catalogue, product), quantity }));
    const totalMinor = lines.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0);
    const currency = lines[0]?.currency ?? '';
    const purchase = purchases.push({ ...request, status: 'requested', refund: 'none', totalMinor, currency }) - 1;
    moveStock(request.items, -1);
    send({ type: 'purchase-requested', user: request.user, purchase, totalMinor, currency });
    return { accepted: purchase };
  };
  const record = (message: Message): void => {
    if (!('purchase' in message)) return;
    const purchase = at(purchases, message.purchase);
    const isRequested = purchase.status === 'requested';
    if (message.type === 'purchase-paid' && isRequested) purchase.status = 'paid';
    if (message.type === 'purchase-declined' && isRequested) {
      Object.assign(purchase, { status: 'declined', declineReason: message.reason });
      moveStock(purchase.items, 1);
    }
    if (message.type === 'purchase-refunded' && purchase.refund === 'pending') {
      purchase.refund = message.amountMinor > 0 ? 'done' : 'none';
    }
  };

  return {
    purchases,
    stock,
    archive: (product: string) => archived.add(product),
    buy(request: PurchaseRequest): BuyAnswer {
      const earlier = purchases.findIndex(({ user, key }) => user === request.user && key === request.key);
      if (earlier >= 0)
        return isSame(at(purchases, earlier), request) ? { replayed: earlier } : { refused: 'IDEMPOTENCY_KEY_REUSED' };
      const refused = refusalOf(request);
      return refused === undefined ? accept(request) : { refused };
    },
    cancel(number: number, by: Canceller): CancelAnswer {
      const purchase = purchases[number];
      if (purchase === undefined) return 'unknown';
      if (purchase.status === 'cancelled') return 'already';
      if (purchase.status === 'declined') return 'refused';
      Object.assign(purchase, { status: 'cancelled', refund: 'pending' });
      moveStock(purchase.items, 1);
      send({ type: 'purchase-cancelled', user: purchase.user, purchase: number, by });
      return 'cancelled';
    },
    timeOut(limit: number): number {
      const overdue = [...purchases.keys()].filter((number) => at(purchases, number).status === 'requested').slice(0, limit);
      for (const number of overdue) this.cancel(number, 'timeout');
      return overdue.length;
    },
    hear(message: Message): void {
      if (consumed.has(message)) return;
      consumed.add(message);
      if (message.type === 'wallet-opened' || message.type === 'wallet-changed') readyBuyers.add(message.user);
      else record(message);
    },
  };
}

export type Terms = { currency: string; openingCreditMinor: number; spendLimitMinor: number };
export type Decision = {
  status: 'charged' | 'declined' | 'voided' | 'refunded';
  user: string;
  amountMinor: number;
  declineReason?: string;
  /** Number of outcome events of the bank. */
  answers: number;
};

export type Bank = ReturnType<typeof createBank>;

export function createBank({ currency, openingCreditMinor, spendLimitMinor }: Terms, send: Send) {
  const balances = new Map<string, number>();
  const decisions = new Map<number, Decision>();
  const consumed = new Set<Message>();

  const declineReasonOf = (balanceMinor: number | undefined, request: { totalMinor: number; currency: string }) => {
    if (balanceMinor === undefined) return 'WALLET_NOT_FOUND';
    if (request.currency !== currency) return 'CURRENCY_MISMATCH';
    if (request.totalMinor > spendLimitMinor) return 'SPEND_LIMIT_EXCEEDED';
    return request.totalMinor > balanceMinor ? 'INSUFFICIENT_FUNDS' : undefined;
  };
  const decide = ({ user, totalMinor, ...request }: { user: string; totalMinor: number; currency: string }): Decision => {
    const balanceMinor = balances.get(user);
    const declineReason = declineReasonOf(balanceMinor, { totalMinor, ...request });
    const decided = { user, amountMinor: totalMinor, answers: 0 };
    if (declineReason !== undefined) return { ...decided, status: 'declined', declineReason };
    balances.set(user, (balanceMinor ?? 0) - totalMinor);
    return { ...decided, status: 'charged' };
  };
  const undo = (decision: Decision): void => {
    if (decision.status !== 'charged') return;
    decision.status = 'refunded';
    balances.set(decision.user, known(balances, decision.user) + decision.amountMinor);
  };
  const answer = (purchase: number, asked: 'request' | 'cancel'): void => {
    const decision = known(decisions, purchase);
    const { user, status, amountMinor, declineReason: reason = '' } = decision;
    decision.answers += 1;
    if (asked === 'request' && status === 'charged') send({ type: 'purchase-paid', user, purchase, amountMinor });
    else if (asked === 'request' && status === 'declined')
      send({ type: 'purchase-declined', user, purchase, amountMinor, reason });
    else send({ type: 'purchase-refunded', user, purchase, amountMinor: status === 'refunded' ? amountMinor : 0 });
  };

  return {
    balances,
    decisions,
    hear(message: Message): void {
      if (consumed.has(message)) return;
      consumed.add(message);
      if (message.type === 'user-registered' && !balances.has(message.user)) {
        balances.set(message.user, openingCreditMinor);
        send({ type: 'wallet-opened', user: message.user });
      }
      if (message.type === 'purchase-requested') {
        if (!decisions.has(message.purchase)) decisions.set(message.purchase, decide(message));
        answer(message.purchase, 'request');
      }
      if (message.type === 'purchase-cancelled') {
        const { purchase, user } = message;
        if (!decisions.has(purchase)) decisions.set(purchase, { status: 'voided', user, amountMinor: 0, answers: 0 });
        undo(known(decisions, purchase));
        answer(purchase, 'cancel');
      }
    },
  };
}

function isSame({ items }: PurchaseRequest, { items: others }: PurchaseRequest): boolean {
  return JSON.stringify(items) === JSON.stringify(others);
}

function known<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The model does not know ${String(key)}.`);
  return value;
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`The model has no number ${index}.`);
  return value;
}
