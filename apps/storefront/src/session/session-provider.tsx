import { useFlorin } from '@florin/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { type SessionActions, SessionContext, type SessionState } from './session-context.ts';
import type { SessionEnd } from './session-end.ts';

/** Restores the session of the browser's cookie, and tells the pages below who is signed in. */
export function SessionProvider({ sessionEnd, children }: { sessionEnd: SessionEnd; children: ReactNode }) {
  const florin = useFlorin();
  const queries = useQueryClient();
  const [state, setState] = useState<SessionState>({ status: 'restoring' });

  useEffect(() => {
    const restoring = new AbortController();
    const restore = async (): Promise<SessionState> => {
      if (!(await florin.session.restore({ signal: restoring.signal }))) return { status: 'guest' };
      const { data: user } = await florin.get('/v1/users/me', { signal: restoring.signal });
      return { status: 'signedIn', user };
    };
    restore().then(setState, () => {
      // Without an answer the pages that anyone may read work on.
      if (!restoring.signal.aborted) setState({ status: 'guest' });
    });
    return () => restoring.abort();
  }, [florin]);

  useEffect(() => sessionEnd.subscribe(() => setState({ status: 'guest' })), [sessionEnd]);

  const actions = useMemo<SessionActions>(
    () => ({
      async signIn(credentials) {
        const user = await florin.session.signIn(credentials);
        await queries.invalidateQueries();
        setState({ status: 'signedIn', user });
      },
      async signUp(account) {
        const user = await florin.session.signUp(account);
        await queries.invalidateQueries();
        setState({ status: 'signedIn', user });
      },
      async signOut() {
        await florin.session.signOut();
        queries.clear();
        setState({ status: 'guest' });
      },
    }),
    [florin, queries],
  );
  const value = useMemo(() => ({ ...state, ...actions }), [state, actions]);
  return <SessionContext value={value}>{children}</SessionContext>;
}
