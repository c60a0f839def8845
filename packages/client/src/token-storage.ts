/** The tokens of a session. */
export type Tokens = {
  accessToken: string;
  /** Missing in cookie sessions. */
  refreshToken?: string;
  /** Time in milliseconds, by this machine's clock, from which the access token is renewed before it is used. */
  renewAtMs: number;
  userId: string;
};

type MaybePromise<T> = T | Promise<T>;

/** Where a session's tokens are kept. */
export type TokenStorage = {
  read(): MaybePromise<Tokens | undefined>;
  write(tokens: Tokens): MaybePromise<void>;
  clear(): MaybePromise<void>;
  /**
   * Runs work alone among all who share the storage. Without it, clients that share a storage may use a refresh token twice, and
   * reuse ends the session.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
};

/** Keeps the tokens in memory: they end with the page or the process. */
export function memoryStorage(): TokenStorage {
  let tokens: Tokens | undefined;
  return {
    read: () => tokens,
    write: (next) => {
      tokens = next;
    },
    clear: () => {
      tokens = undefined;
    },
    exclusively: inTurn(),
  };
}

/** The part of the Web Storage API that is used. */
export type KeyValueStore = {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};

/**
 * Keeps the tokens in the browser, shared by all tabs of the origin. Only one tab at a time renews them (Web Locks). Every script
 * of the page can read them: prefer `session: 'cookie'` where the server allows it.
 *
 * @param store `localStorage`
 * @param key name of the entry and of the lock (default `florin-session`)
 */
export function browserStorage(store: KeyValueStore, key = DEFAULT_NAME): TokenStorage {
  return {
    read: () => parse(store.getItem(key)),
    write: (tokens) => store.setItem(key, JSON.stringify(tokens)),
    clear: () => store.removeItem(key),
    exclusively: byWebLock(key),
  };
}

/** Keeps the access token in memory, and one tab at a time uses the cookie. */
export function cookieSessionStorage(): TokenStorage {
  return { ...memoryStorage(), exclusively: byWebLock(DEFAULT_NAME) };
}

const DEFAULT_NAME = 'florin-session';

function parse(text: string | null): Tokens | undefined {
  try {
    const tokens = JSON.parse(text ?? 'null') as Tokens | null;
    return typeof tokens?.accessToken === 'string' ? tokens : undefined;
  } catch {
    return undefined;
  }
}

type Locks = { request<T>(name: string, work: () => Promise<T>): Promise<T> };

/** One tab at a time (Web Locks); in this tab only where the browser has none, as in pages without TLS. */
function byWebLock(name: string): TokenStorage['exclusively'] {
  const alone = inTurn();
  return async (work) => {
    const { locks } = (globalThis.navigator ?? {}) as { locks?: Locks };
    return locks === undefined ? alone(work) : locks.request(name, work);
  };
}

function inTurn(): TokenStorage['exclusively'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
