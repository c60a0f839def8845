import type { Finding } from './finding.ts';
import type { WantedItem } from './purchase-history.ts';

/** The units of one product in one cart, over the whole run. */
type Units = {
  userId: string;
  productId: string;
  /** Units whose addition was answered. */
  added: number;
  /** Units whose addition was sent, answered or not. */
  sent: number;
  /** Whether the product was removed from the cart, or had to be: its units may then be gone. */
  isRemoved: boolean;
};

/** The carts and purchases of the idle platform. */
export type StoredCarts = {
  inCarts: readonly (WantedItem & { userId: string })[];
  /** Items of the purchases that checkouts made. */
  bought: readonly (WantedItem & { userId: string })[];
};

export type CartHistory = ReturnType<typeof createCartHistory>;

/**
 * Counts the units that clients put into carts. Units are conserved: each one that was added once is in the cart or was bought once.
 */
export function createCartHistory() {
  const carts = new Map<string, Units>();
  const violations: Finding[] = [];
  const of = (userId: string, productId: string): Units => {
    const key = `${userId} ${productId}`;
    const units = carts.get(key) ?? { userId, productId, added: 0, sent: 0, isRemoved: false };
    carts.set(key, units);
    return units;
  };
  return {
    violations,
    /** Call it before the request is sent. */
    adding(userId: string, { productId, quantity }: WantedItem): void {
      of(userId, productId).sent += quantity;
    },
    added(userId: string, { productId, quantity }: WantedItem): void {
      of(userId, productId).added += quantity;
    },
    /** The addition was rejected, and no attempt was lost. */
    rejected(userId: string, { productId, quantity }: WantedItem): void {
      of(userId, productId).sent -= quantity;
    },
    /** Call it before the request is sent. */
    removing(userId: string, productId: string): void {
      of(userId, productId).isRemoved = true;
    },
    reportViolation: (check: string, subject: string, detail: string): void => void violations.push({ check, subject, detail }),
    counts: () => ({ units: [...carts.values()].reduce((sum, { added }) => sum + added, 0) }),

    /** Compares the additions with the carts and the purchases in the database. */
    check({ inCarts, bought }: StoredCarts): Finding[] {
      const findings = [...violations];
      const left = sumsOf(inCarts);
      const sold = sumsOf(bought);
      for (const key of new Set([...left.keys(), ...sold.keys()]))
        if (!carts.has(key)) of(...(key.split(' ') as [string, string]));
      for (const [key, { added, sent, isRemoved }] of carts) {
        const [inCart, inPurchases] = [left.get(key) ?? 0, sold.get(key) ?? 0];
        const now = inCart + inPurchases;
        const detail = `${sent} units sent, ${added} answered; ${inCart} in the cart, ${inPurchases} bought`;
        if (now > sent) findings.push({ check: 'a unit of a cart is bought once', subject: key, detail });
        if (now < added && !isRemoved) findings.push({ check: 'a unit of a cart is kept or bought', subject: key, detail });
      }
      return findings;
    },
  };
}

function sumsOf(items: StoredCarts['inCarts']): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { userId, productId, quantity } of items) {
    const key = `${userId} ${productId}`;
    sums.set(key, (sums.get(key) ?? 0) + quantity);
  }
  return sums;
}
