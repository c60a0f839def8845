import type { Calls, SignedIn } from './api-types.ts';
import { FlorinProblem } from './problem.ts';
import type { TokenStorage, Tokens } from './token-storage.ts';
import { waitFor } from './wait.ts';

/** An access token and the user whose it is. */
export type AccessToken = { accessToken: string; userId?: string };

export type TokenSource = {
  /** The access token to send, renewed if it is about to expire; undefined without a session. */
  current(signal?: AbortSignal | null): Promise<AccessToken | undefined>;
  /** Renews a token that the server rejected; undefined if the session has ended, or another user has signed in. */
  renew(rejected: AccessToken, signal?: AbortSignal | null): Promise<AccessToken | undefined>;
};

export type SignUp = { email: string; password: string; name?: string };
export type SignIn = { email: string; password: string };
type CallOptions = { signal?: AbortSignal };

/** Signing up, in and out. A session is renewed by itself until it ends. */
export type Session = {
  /** Creates an account and signs in. */
  signUp(account: SignUp, options?: CallOptions): Promise<SignedIn['user']>;
  signIn(credentials: SignIn, options?: CallOptions): Promise<SignedIn['user']>;
  /** Ends the session at the server and forgets its tokens. They stay if the server could not be reached. */
  signOut(options?: CallOptions): Promise<void>;
  /**
   * Continues the stored session, or with `session: 'cookie'` the one of the browser's cookie. Call it when a page starts.
   *
   * @returns whether there is a session
   */
  restore(options?: CallOptions): Promise<boolean>;
  /** The stored tokens; undefined without a session. */
  tokens(): Promise<Tokens | undefined>;
};

export type SessionParts = {
  /** Sends without a token. */
  post: Calls['post'];
  /** Its repetitions end before the server's grace period does. */
  refresh(body: { refreshToken: string } | undefined): Promise<SignedIn>;
  signOut(options: CallOptions): Promise<void>;
  storage: TokenStorage;
  isCookie: boolean;
  onSignedOut(): void;
  onRenewed(user: SignedIn['user']): void;
};

/** Creates the session of a client: its public functions, and the tokens for its calls. */
export function createSession(parts: SessionParts): { session: Session; tokens: TokenSource } {
  const { post, storage, isCookie } = parts;
  const renewal = createRenewal(parts);
  const inCookie = isCookie ? { session: 'cookie' as const } : {};
  const keep = async (signedIn: SignedIn): Promise<SignedIn['user']> => {
    await storage.exclusively(async () => storage.write(tokensOf(signedIn)));
    return signedIn.user;
  };
  const session: Session = {
    // Field by field: the server rejects other fields, which a caller's object may have.
    signUp: async ({ email, password, name }, options) =>
      keep(
        (
          await post('/v1/auth/signup', {
            body: { email, password, ...(name !== undefined && { name }), ...inCookie },
            ...options,
          })
        ).data,
      ),
    signIn: async ({ email, password }, options) =>
      keep((await post('/v1/auth/signin', { body: { email, password, ...inCookie }, ...options })).data),
    async signOut(options = {}) {
      await parts.signOut(options).catch((error: unknown) => {
        if (!isUnauthenticated(error)) throw error;
      });
      await storage.exclusively(async () => storage.clear());
    },
    async restore({ signal } = {}) {
      if (isCookie && (await storage.read()) === undefined) return (await renewal.open(signal)) !== undefined;
      return (await renewal.current(signal)) !== undefined;
    },
    tokens: async () => storage.read(),
  };
  return { session, tokens: renewal };
}

/**
 * Renews the tokens, one request at a time for all who wait for it. A caller who stops waiting does not stop the request: the
 * server has used the refresh token by then, and only the answer has the next one.
 */
function createRenewal({ refresh, storage, isCookie, onSignedOut, onRenewed }: SessionParts) {
  let running: Promise<Tokens | undefined> | undefined;

  const renewOnce = (stale: AccessToken | undefined, signal?: AbortSignal | null): Promise<Tokens | undefined> => {
    if (running === undefined) {
      running = storage
        .exclusively(() => renewNow(stale))
        .finally(() => {
          running = undefined;
        });
      running.catch(() => undefined);
    }
    return waitFor(running, signal);
  };

  /** Runs alone: another tab may have renewed, signed out or signed another user in meanwhile. */
  async function renewNow(stale: AccessToken | undefined): Promise<Tokens | undefined> {
    const stored = await storage.read();
    if (stored?.userId !== stale?.userId) return undefined;
    if (stored?.accessToken !== stale?.accessToken) return stored;
    if (!isCookie && stored?.refreshToken === undefined) return undefined;
    try {
      const signedIn = await refresh(isCookie ? undefined : { refreshToken: stored?.refreshToken ?? '' });
      // The cookie may be that of another user, who signed in in another tab.
      if (stale !== undefined && signedIn.user.id !== stale.userId) return await end();
      const tokens = tokensOf(signedIn);
      await storage.write(tokens);
      onRenewed(signedIn.user);
      return tokens;
    } catch (error) {
      if (!isUnauthenticated(error)) throw error;
      const now = await storage.read();
      if (now?.accessToken !== stored?.accessToken) return now;
      return stored && end();
    }
  }

  async function end(): Promise<undefined> {
    await storage.clear();
    onSignedOut();
  }

  return {
    /** Opens the cookie's session. */
    open: (signal?: AbortSignal | null) => renewOnce(undefined, signal),
    async current(signal?: AbortSignal | null) {
      const tokens = await storage.read();
      return tokens === undefined || Date.now() < tokens.renewAtMs ? tokens : renewOnce(tokens, signal);
    },
    renew: (rejected: AccessToken, signal?: AbortSignal | null) => renewOnce(rejected, signal),
  };
}

/** An access token is renewed after four fifths of its life, at most 30 s before its end. */
function tokensOf({ accessToken, refreshToken, expiresIn, user }: SignedIn): Tokens {
  const renewInMs = Math.max(expiresIn - 30, expiresIn * 0.8) * 1000;
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    renewAtMs: Date.now() + renewInMs,
    userId: user.id,
  };
}

export function isUnauthenticated(error: unknown): boolean {
  return error instanceof FlorinProblem && error.status === 401 && error.code === 'UNAUTHENTICATED';
}
