import type { Answer, Calls, DataOf, ItemOf, ListInit, ListPath, Method, PageOf, SignedIn } from './api-types.ts';
import {
  type BaseUrl,
  type CallerOptions,
  createCaller,
  createRawCall,
  type RawCall,
  type UntypedCall,
  type UntypedInit,
} from './caller.ts';
import { itemsOf, pagesOf } from './pages.ts';
import { createPurchases, type Purchases } from './purchases.ts';
import { defaultRetryPolicy, type RetryPolicy, withRetries } from './retry.ts';
import { createSession, type Session, type TokenSource } from './session.ts';
import { cookieSessionStorage, memoryStorage, type TokenStorage } from './token-storage.ts';

export type ClientOptions = {
  /** Address of the gateway, or of each service: `{auth, product, payment}`. `''` is the origin of the page. */
  baseUrl: BaseUrl;
  /**
   * `'tokens'` (default) keeps both tokens in `storage`. `'cookie'` leaves the refresh token in a cookie that no script can read;
   * the server must know the origin of the page.
   */
  session?: 'tokens' | 'cookie';
  /** Where the tokens are kept (default: in memory). */
  storage?: TokenStorage;
  /** An access token from elsewhere, instead of a session of this client. */
  accessToken?: string | (() => string | Promise<string>);
  /** Bounds of repetitions (default: 5 requests and 30 s per call); `false`: none. */
  retry?: Partial<RetryPolicy> | false;
  /** Milliseconds to wait for each answer (default 15,000). */
  timeoutMs?: number;
  /** Headers of all requests. */
  headers?: Readonly<Record<string, string>>;
  /** Sends the requests (default: the global `fetch`). */
  fetch?: (request: Request) => Promise<Response>;
  /** Called when the session has ended by itself: it expired, or was ended elsewhere. */
  onSignedOut?(): void;
  /** Called when the session was renewed, with its user as they are now: an admin may have changed their roles. */
  onRenewed?(user: SignedIn['user']): void;
};

type Lists = {
  /** Iterates over the items of a list. The next page is read when the loop reaches it. */
  list<P extends ListPath>(path: P, ...init: ListInit<P>): AsyncGenerator<ItemOf<P>, void>;
  /** Iterates over the pages of a list. */
  pages<P extends ListPath>(path: P, ...init: ListInit<P>): AsyncGenerator<Answer<DataOf<'get', P>, PageOf<'get', P>>, void>;
};

/** A client of Florin's API. */
export type FlorinClient = Calls & Lists & Purchases & { session: Session; raw: RawCall };

const TIMEOUT_MS = 15_000;
/**
 * A refresh whose answer was lost is repeated with the same token, which the server accepts for 10 s after the first use. Later it
 * counts as theft and ends the session. These bounds, with the time-out, end before that.
 */
const refreshPolicy: RetryPolicy = { maxAttempts: 3, maxElapsedMs: 5_000, baseDelayMs: 200, maxDelayMs: 1_000 };
const REFRESH_TIMEOUT_MS = 3_000;

/**
 * Creates a client. It connects to nothing until the first call.
 *
 * @example
 * const florin = createFlorinClient({ baseUrl: 'https://florin.example' });
 * await florin.session.signIn({ email, password });
 * for await (const product of florin.list('/v1/products', { params: { query: { inStock: true } } })) console.log(product.name);
 */
export function createFlorinClient(options: ClientOptions): FlorinClient {
  const isCookie = options.session === 'cookie';
  const caller: CallerOptions = {
    baseUrl: options.baseUrl,
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
    headers: options.headers ?? {},
    retry: options.retry === false ? { ...defaultRetryPolicy, maxAttempts: 1 } : { ...defaultRetryPolicy, ...options.retry },
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    isCookie,
  };
  const anonymous = createCaller(caller);
  const { session, tokens } = createSession({
    post: callsOf(anonymous).post,
    refresh: (body) => refresh(caller, body),
    signOut: async (signOutOptions) => void (await call('post', '/v1/auth/signout', signOutOptions)),
    storage: options.storage ?? (isCookie ? cookieSessionStorage() : memoryStorage()),
    isCookie,
    onSignedOut: () => options.onSignedOut?.(),
    onRenewed: (user) => options.onRenewed?.(user),
  });
  const source = options.accessToken === undefined ? tokens : fixedToken(options.accessToken);
  const call = createCaller(caller, source);
  const calls = callsOf(call);
  return { ...calls, ...listsOf(call), ...createPurchases(calls), raw: createRawCall(caller, source), session };
}

async function refresh(caller: CallerOptions, body: { refreshToken: string } | undefined): Promise<SignedIn> {
  const call = createCaller({ ...caller, timeoutMs: REFRESH_TIMEOUT_MS });
  const init = body === undefined ? {} : { body };
  const { data } = await withRetries(() => call('post', '/v1/auth/refresh', init), { policy: refreshPolicy });
  return data as SignedIn;
}

function fixedToken(token: string | (() => string | Promise<string>)): TokenSource {
  return {
    current: async () => ({ accessToken: typeof token === 'string' ? token : await token() }),
    renew: () => Promise.resolve(undefined),
  };
}

type UntypedMethod = (path: string, init?: UntypedInit) => ReturnType<UntypedCall>;

/** Gives the calls the types of the API: `paths` is generated from the document that describes it. */
function callsOf(call: UntypedCall): Calls {
  const by = (method: Method) => (path: string, init?: UntypedInit) => call(method, path, init);
  const calls: Record<Method, UntypedMethod> = {
    get: by('get'),
    post: by('post'),
    put: by('put'),
    patch: by('patch'),
    delete: by('delete'),
  };
  return calls as unknown as Calls;
}

function listsOf(call: UntypedCall): Lists {
  return {
    list: ((path: string, init?: UntypedInit) => itemsOf(call, path, init)) as unknown as Lists['list'],
    pages: ((path: string, init?: UntypedInit) => pagesOf(call, path, init)) as unknown as Lists['pages'],
  };
}
