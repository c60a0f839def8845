import '@florin/ui/tokens.css';
import '@florin/ui/base.css';
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { createFlorinClient } from '@florin/client';
import { createSessionMark } from '@florin/ui/session-mark';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider, ScrollRestoration } from 'react-router-dom';
import { App } from './app.tsx';
import { type ConsoleSession, createConsoleSession } from './session/console-session.ts';
import { createThemes } from './theme/console-themes.ts';

/** The server puts another nonce into each page: the only styles that the Content-Security-Policy allows beside files have it. */
function nonceOfPage(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;
}

function createBackend() {
  let session: ConsoleSession | undefined;
  const florin = createFlorinClient({
    baseUrl: '',
    session: 'cookie',
    onSignedOut: () => session?.expire(),
    onRenewed: (user) => session?.renew(user),
  });
  session = createConsoleSession(florin, createSessionMark(localStorage, window));
  return { florin, session };
}

const nonce = nonceOfPage();
const cache = createCache({ key: 'florin', ...(nonce === undefined ? {} : { nonce }) });
const backend = createBackend();
const themes = createThemes();
// react-admin warns before unsaved changes are left only inside a data router.
const router = createBrowserRouter(
  [
    {
      path: '*',
      element: (
        <>
          <App backend={backend} themes={themes} />
          <ScrollRestoration />
        </>
      ),
    },
  ],
  { basename: import.meta.env.BASE_URL.replace(/\/$/, '') },
);

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <CacheProvider value={cache}>
      <RouterProvider router={router} />
    </CacheProvider>
  </StrictMode>,
);
