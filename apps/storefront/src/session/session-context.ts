import type { SignedIn, SignIn, SignUp } from '@florin/client';
import { createContext, useContext } from 'react';

export type User = SignedIn['user'];

/**
 * `restoring` until the server has answered whether the browser's cookie is that of a session. A guest with an `error` may have a
 * session: the server could not be asked. `ended` after `signedIn`, when the session expired or was ended elsewhere: the page stays,
 * requests get 401.
 */
export type SessionState =
  | { status: 'restoring' }
  | { status: 'guest'; error?: unknown }
  | { status: 'signedIn'; user: User }
  | { status: 'ended'; user: User };

export type SessionActions = {
  /** If somebody else was signed in before, the page is loaded again: nothing of theirs stays. */
  signIn(credentials: SignIn): Promise<void>;
  signUp(account: SignUp): Promise<void>;
  /** Ends the session and leads to the start of the shop. */
  signOut(): Promise<void>;
  /** Forgets the user and leads to the start of the shop: the server has ended the session, such as by an erasure. */
  leave(): Promise<void>;
  /** Asks again whether there is a session. */
  restore(): void;
  /** Shows the changed profile. */
  setUser(user: User): void;
};

export const SessionContext = createContext<(SessionState & SessionActions) | undefined>(undefined);

/** Who is signed in, and how to change it. */
export function useSession(): SessionState & SessionActions {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('SessionContext has no session');
  return session;
}

/** The user of a page that only signed-in users see, also after the session has ended. @throws on other pages */
export function useUser(): User {
  const session = useSession();
  if (session.status !== 'signedIn' && session.status !== 'ended') throw new Error('The page has no RequireUser');
  return session.user;
}
