import type { SignedIn, SignIn, SignUp } from '@florin/client';
import { createContext, useContext } from 'react';

export type User = SignedIn['user'];

/** `restoring` until the server has answered whether the browser's cookie is that of a session. */
export type SessionState = { status: 'restoring' } | { status: 'guest' } | { status: 'signedIn'; user: User };

export type SessionActions = {
  signIn(credentials: SignIn): Promise<void>;
  signUp(account: SignUp): Promise<void>;
  signOut(): Promise<void>;
};

export const SessionContext = createContext<(SessionState & SessionActions) | undefined>(undefined);

/** Who is signed in, and how to change it. */
export function useSession(): SessionState & SessionActions {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('SessionContext has no session');
  return session;
}
