import type { FlorinClient } from '@florin/client';
import { createContext, useContext } from 'react';

export const FlorinContext = createContext<FlorinClient | undefined>(undefined);

/** The client of this page's origin. @throws if the app does not provide it */
export function useFlorin(): FlorinClient {
  const florin = useContext(FlorinContext);
  if (florin === undefined) throw new Error('FlorinContext has no client');
  return florin;
}
