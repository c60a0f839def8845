import { createFlorinClient } from '@florin/client';
import { FlorinContext, type Locale } from '@florin/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { BrowserRouter } from 'react-router';
import { createSessionEnd } from './session/session-end.ts';
import { SessionProvider } from './session/session-provider.tsx';
import { Shell } from './shell/shell.tsx';
import type { Texts } from './start/load-texts.ts';
import { TextsProvider } from './start/texts-provider.tsx';

const STALE_AFTER_MS = 30_000;

/** The client repeats requests itself, so queries do not. Without a network a query fails at once, and the page says so. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: STALE_AFTER_MS, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

export function App({ locale, texts }: { locale: Locale; texts: Texts }) {
  const [queries] = useState(createQueries);
  const sessionEnd = useMemo(createSessionEnd, []);
  const florin = useMemo(
    () => createFlorinClient({ baseUrl: '', session: 'cookie', onSignedOut: sessionEnd.report }),
    [sessionEnd],
  );
  return (
    <TextsProvider locale={locale} texts={texts}>
      <FlorinContext value={florin}>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <SessionProvider sessionEnd={sessionEnd}>
              <Shell />
            </SessionProvider>
          </BrowserRouter>
        </QueryClientProvider>
      </FlorinContext>
    </TextsProvider>
  );
}
