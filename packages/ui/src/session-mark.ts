const KEY = 'florin.hasSession';

/**
 * Whether someone has signed in with this browser. The cookie of the session is hidden from scripts, and without this mark each visit
 * of a guest would ask the server for a session and get 401. Both apps share the mark, as they share the cookie.
 */
export type SessionMark = {
  isSet(): boolean;
  set(): void;
  clear(): void;
  /** Calls the listener when another tab sets the mark. @returns ends that */
  onSetElsewhere(listener: () => void): () => void;
};

export function createSessionMark(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  target: EventTarget,
): SessionMark {
  return {
    isSet: () => storage.getItem(KEY) !== null,
    set: () => storage.setItem(KEY, 'yes'),
    clear: () => storage.removeItem(KEY),
    onSetElsewhere(listener) {
      const hear = (event: Event) => {
        const { key, newValue } = event as Event & { key: string | null; newValue: string | null };
        if (key === KEY && newValue !== null) listener();
      };
      target.addEventListener('storage', hear);
      return () => target.removeEventListener('storage', hear);
    },
  };
}
