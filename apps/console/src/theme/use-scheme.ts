import { useMediaQuery } from '@mui/material';
import { useEffect } from 'react';
import { useTheme } from 'react-admin';

export type Scheme = 'light' | 'dark';

/** The colour scheme: the person's choice, else that of the system. */
export function useScheme(): [Scheme, (scheme: Scheme) => void] {
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  const [chosen, choose] = useTheme();
  return [chosen ?? (prefersDark ? 'dark' : 'light'), choose];
}

/** Tells the tokens of packages/ui which colours to take. */
export function useSchemeOfTokens(): void {
  const [scheme] = useScheme();
  useEffect(() => {
    document.documentElement.dataset['theme'] = scheme;
  }, [scheme]);
}
