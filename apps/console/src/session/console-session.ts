import type { FlorinClient, SignedIn } from '@florin/client';
import type { SessionMark } from '@florin/ui/session-mark';

export type User = SignedIn['user'];

/** `expired`: the session has ended by itself, and the page with its forms stays until the person signs in again. */
export type SessionState = { status: 'starting' | 'anonymous'; user?: undefined } | { status: 'active' | 'expired'; user: User };

export type ConsoleSession = {
  state(): SessionState;
  /** Calls the listener at each change of the state. Returns the function that stops it. */
  subscribe(listener: () => void): () => void;
  /** Continues the session of the browser's cookie, once. */
  start(): Promise<SessionState>;
  signIn(credentials: { email: string; password: string }): Promise<User>;
  signOut(): Promise<void>;
  /** Reads the roles again, for example after the server has refused something with 403. */
  readUser(): Promise<void>;
  /** Tells who is signed in when the session was continued or renewed: their roles may be others than before. */
  renew(user: User): void;
  /** Tells that the session has ended by itself. */
  expire(): void;
};

/** Keeps who is signed in. The mark tells the storefront of the session, which both apps share. */
export function createConsoleSession(florin: FlorinClient, mark: Pick<SessionMark, 'set' | 'clear'>): ConsoleSession {
  const listeners = new Set<() => void>();
  let state: SessionState = { status: 'starting' };
  let starting: Promise<SessionState> | undefined;

  const become = (next: SessionState): SessionState => {
    state = next;
    for (const listener of listeners) listener();
    return next;
  };
  const readUser = async (): Promise<SessionState> => {
    const { data } = await florin.get('/v1/users/me');
    return become({ status: 'active', user: data });
  };
  const start = async (): Promise<SessionState> => {
    if (!(await florin.session.restore())) return become({ status: 'anonymous' });
    return state.user === undefined ? readUser() : state;
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      starting ??= start().catch((error: unknown) => {
        // The next attempt starts again.
        starting = undefined;
        throw error;
      });
      return starting;
    },
    async signIn({ email, password }) {
      const user = await florin.session.signIn({ email, password });
      mark.set();
      become({ status: 'active', user });
      return user;
    },
    async signOut() {
      await florin.session.signOut();
      mark.clear();
      become({ status: 'anonymous' });
    },
    async readUser() {
      // A caller that gets an error would sign the person out, and forms would be lost.
      await readUser().catch(() => undefined);
    },
    renew(user) {
      become({ status: 'active', user });
    },
    expire() {
      become(state.user === undefined ? { status: 'anonymous' } : { status: 'expired', user: state.user });
    },
  };
}
