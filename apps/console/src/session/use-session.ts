import type { FlorinClient } from '@florin/client';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { type Access, may } from './access.ts';
import type { ConsoleSession, SessionState } from './console-session.ts';

export type Backend = { florin: FlorinClient; session: ConsoleSession };

export const BackendContext = createContext<Backend | undefined>(undefined);

function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (backend === undefined) throw new Error('BackendContext has no value');
  return backend;
}

export function useFlorin(): FlorinClient {
  return useBackend().florin;
}

export function useSession(): ConsoleSession {
  return useBackend().session;
}

/** Who is signed in; the component is rendered again when this changes. */
export function useSessionState(): SessionState {
  const { session } = useBackend();
  return useSyncExternalStore(session.subscribe, session.state);
}

/** Whether the person who is signed in has the right. */
export function useMay(access: Access): boolean {
  const { user } = useSessionState();
  return user !== undefined && may(user, access);
}
