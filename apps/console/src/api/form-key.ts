import { newIdempotencyKey } from '@florin/client';

/**
 * Keeps the idempotency key of a form. A retry of the same values has the same key, so that a write whose answer was lost is not
 * repeated. Other values have another key.
 */
export type FormKey = {
  /** The key for these values. */
  keyFor(values: unknown): string;
  /** Forgets the key after a write that succeeded: the same values again are a new write. */
  done(): void;
};

/** @param newKey makes a key (default: a random UUID) */
export function createFormKey(newKey: () => string = newIdempotencyKey): FormKey {
  let last: { body: string; key: string } | undefined;
  return {
    keyFor(values) {
      const body = JSON.stringify(values);
      if (last?.body !== body) last = { body, key: newKey() };
      return last.key;
    },
    done() {
      last = undefined;
    },
  };
}
