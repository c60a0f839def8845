import { createSessionMark, useFlorin } from '@florin/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { CHECKOUT_DRAFT_KEY } from './checkout-draft-key.ts';
import { type SessionActions, SessionContext, type SessionState, type User } from './session-context.ts';
import type { SessionEnd } from './session-end.ts';

/** Restores the session of the browser's cookie, and tells the pages below who is signed in. */
export function SessionProvider({ sessionEnd, children }: { sessionEnd: SessionEnd; children: ReactNode }) {
  const florin = useFlorin();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toStart = useRef(() => navigate('/'));
  toStart.current = () => navigate('/');
  const [mark] = useState(() => createSessionMark(localStorage, window));
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<SessionState>({ status: 'restoring' });
  const lastUserId = useRef<string | undefined>(undefined);
  if (state.status === 'signedIn') lastUserId.current = state.user.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks again
  useEffect(() => {
    const restoring = new AbortController();
    const restore = async (): Promise<SessionState> => {
      if (!mark.isSet()) return { status: 'guest' };
      if (!(await florin.session.restore({ signal: restoring.signal }))) {
        mark.clear();
        return { status: 'guest' };
      }
      const { data: user } = await florin.get('/v1/users/me', { signal: restoring.signal });
      return { status: 'signedIn', user };
    };
    restore().then(setState, (error: unknown) => {
      // Without an answer the pages that anyone may read work on.
      if (!restoring.signal.aborted) setState({ status: 'guest', error });
    });
    return () => restoring.abort();
  }, [florin, attempt, mark]);

  const isGuest = state.status === 'guest';
  useEffect(() => {
    if (isGuest) return mark.onSetElsewhere(() => setAttempt((count) => count + 1));
  }, [isGuest, mark]);

  const isLeaving = useRef(false);
  useEffect(
    () =>
      sessionEnd.subscribe(() => {
        if (!isLeaving.current) setState((now) => (now.status === 'signedIn' ? { ...now, status: 'ended' } : now));
      }),
    [sessionEnd],
  );

  const actions = useMemo<SessionActions>(() => {
    const enter = (user: User) => {
      mark.set();
      if (lastUserId.current !== undefined && lastUserId.current !== user.id) {
        location.reload();
        return;
      }
      setState({ status: 'signedIn', user });
      // Not awaited: what the page shows is read again with the new token, or for the first time.
      void queries.invalidateQueries();
    };
    const signOut = async () => {
      isLeaving.current = true;
      try {
        await florin.session.signOut();
      } finally {
        isLeaving.current = false;
      }
    };
    const toStartAsGuest = () => {
      mark.clear();
      queries.clear();
      sessionStorage.removeItem(CHECKOUT_DRAFT_KEY);
      lastUserId.current = undefined;
      // As one change: a page for users would lead its guest to the sign-in.
      startTransition(() => {
        void toStart.current();
        setState({ status: 'guest' });
      });
    };
    return {
      signIn: async (credentials) => enter(await florin.session.signIn(credentials)),
      signUp: async (account) => enter(await florin.session.signUp(account)),
      signOut: async () => {
        await signOut();
        toStartAsGuest();
      },
      leave: async () => {
        // Forgets the tokens. The server has ended the session already, so an answer is not needed.
        await signOut().catch(() => undefined);
        toStartAsGuest();
      },
      restore() {
        setState({ status: 'restoring' });
        setAttempt((count) => count + 1);
      },
      // An answer that comes after the sign-out changes nothing.
      setUser: (user) => setState((now) => (now.status === 'signedIn' && now.user.id === user.id ? { ...now, user } : now)),
    };
  }, [florin, queries, mark]);
  const value = useMemo(() => ({ ...state, ...actions }), [state, actions]);
  return <SessionContext value={value}>{children}</SessionContext>;
}
