import { CHECKOUT_DRAFT_KEY as KEY } from '../session/checkout-draft-key.ts';
import { type AddressDraft, addressFields, draftOf } from './address-draft.ts';

export type Draft = { address: AddressDraft; methodId: string };

/** What the buyer has typed at checkout, in this tab: it survives a reload and the end of the session. Another user never sees it. */
export const draftStore = {
  read(userId: string): Draft | undefined {
    try {
      const stored = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as (Draft & { userId: string }) | null;
      if (stored?.userId !== userId) return undefined;
      const isWhole = addressFields.every((field) => typeof stored.address[field] === 'string');
      return { address: isWhole ? stored.address : draftOf(), methodId: String(stored.methodId) };
    } catch {
      return undefined;
    }
  },
  write: (userId: string, draft: Draft): void => sessionStorage.setItem(KEY, JSON.stringify({ userId, ...draft })),
  clear: (): void => sessionStorage.removeItem(KEY),
};
