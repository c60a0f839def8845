import { QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Admin, CustomRoutes, type DataProvider, localStorageStore } from 'react-admin';
import { IntlProvider, useIntl } from 'react-intl';
import { Route } from 'react-router-dom';
import { createDataProvider } from './api/data-provider.ts';
import { ConsoleLayout } from './layout/console-layout.tsx';
import { Guarded, NotFoundPage } from './layout/message-pages.tsx';
import { pages } from './pages.tsx';
import { createAuthProvider } from './session/auth-provider.ts';
import { SignInPage } from './session/sign-in-page.tsx';
import { type Backend, BackendContext } from './session/use-session.ts';
import { allTexts } from './texts/all-texts.ts';
import { createI18nProvider } from './texts/i18n-provider.ts';
import { type Locale, locales, messagesOf, preferredLocale } from './texts/texts.ts';
import { uiTextsOf } from './texts/ui-texts.ts';
import type { ConsoleThemes } from './theme/console-themes.ts';

type AppProps = { backend: Backend; themes: ConsoleThemes };

const LOCALE_KEY = 'florin-console-locale';

/** The console in the reader's language. */
export function App({ backend, themes }: AppProps) {
  const [locale, setLocale] = useState<Locale>(storedLocale);
  const change = useCallback((next: Locale) => {
    localStorage.setItem(LOCALE_KEY, next);
    setLocale(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return (
    <IntlProvider locale={locale} messages={{ ...uiTextsOf(locale), ...messagesOf(allTexts, locale) }}>
      <BackendContext value={backend}>
        <ConsoleAdmin {...{ backend, themes, change }} />
      </BackendContext>
    </IntlProvider>
  );
}

function ConsoleAdmin({ backend, themes, change }: AppProps & { change: (locale: Locale) => void }) {
  const intl = useIntl();
  const i18nProvider = useMemo(() => createI18nProvider(intl, change), [intl, change]);
  const [parts] = useState(() => createParts(backend));
  return (
    <Admin
      {...parts}
      i18nProvider={i18nProvider}
      lightTheme={themes.light}
      darkTheme={themes.dark}
      layout={ConsoleLayout}
      loginPage={SignInPage}
      catchAll={NotFoundPage}
      requireAuth
      disableTelemetry
    >
      <CustomRoutes>
        {pages.map(({ path, access, Content }) => (
          <Route
            key={path}
            path={path}
            element={
              <Guarded access={access}>
                <Content />
              </Guarded>
            }
          />
        ))}
      </CustomRoutes>
    </Admin>
  );
}

function createParts({ florin, session }: Backend) {
  return {
    authProvider: createAuthProvider(session),
    dataProvider: createDataProvider(florin) as DataProvider,
    store: localStorageStore('1', 'florin-console'),
    // The client repeats what may be repeated. Lists may change at any time, so a page that is opened again reads again.
    queryClient: new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: true } } }),
  };
}

function storedLocale(): Locale {
  const stored = localStorage.getItem(LOCALE_KEY);
  return locales.find((locale) => locale === stored) ?? preferredLocale(navigator.languages);
}
