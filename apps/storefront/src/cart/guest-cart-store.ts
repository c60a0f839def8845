import { useSyncExternalStore } from 'react';
import { type GuestItem, parseGuestCart } from './guest-cart.ts';

const KEY = 'florin.cart';

export type GuestCartStore = {
  read(): readonly GuestItem[];
  write(items: readonly GuestItem[]): void;
  /** @returns ends the subscription */
  subscribe(listener: () => void): () => void;
};

/** Keeps the cart of a guest in the browser. Other tabs see each change. */
function createGuestCartStore(): GuestCartStore {
  const listeners = new Set<() => void>();
  let text: string | null = null;
  let items: readonly GuestItem[] = [];
  return {
    read() {
      const stored = localStorage.getItem(KEY);
      // The same text must give the same array: React compares by identity.
      if (stored !== text) {
        text = stored;
        items = parseGuestCart(stored);
      }
      return items;
    },
    write(next) {
      if (next.length === 0) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify(next));
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      const onStorage = ({ key }: StorageEvent) => {
        if (key === KEY || key === null) listener();
      };
      listeners.add(listener);
      window.addEventListener('storage', onStorage);
      return () => {
        listeners.delete(listener);
        window.removeEventListener('storage', onStorage);
      };
    },
  };
}

export const guestCart: GuestCartStore = createGuestCartStore();

export function useGuestItems(): readonly GuestItem[] {
  return useSyncExternalStore(guestCart.subscribe, guestCart.read);
}
