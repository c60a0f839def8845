import { chooseLocale, NavigationContext, Skeleton } from '@florin/ui';
import { type ComponentType, lazy, Suspense, useMemo } from 'react';
import { useIntl } from 'react-intl';
import { Route, Routes } from 'react-router';
import type { TextedRoute } from '../page-route.ts';
import { routes } from '../routes.ts';
import { RequireUser } from '../session/index.ts';
import { loadTexts } from '../start/load-texts.ts';
import { WithTexts } from '../start/with-texts.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { PageFault } from './page-fault.tsx';
import css from './shell.module.css';
import { useScroll } from './use-scroll.ts';

/** What surrounds each page. */
export function Shell() {
  const intl = useIntl();
  const { hasNavigated, key } = useScroll();
  const navigation = useMemo(() => ({ hasNavigated }), [hasNavigated]);
  return (
    <NavigationContext value={navigation}>
      <a href="#main" className={css['skip']}>
        {intl.formatMessage({ id: 'shell.skip' })}
      </a>
      <Header />
      <main id="main" tabIndex={-1} className={css['main']}>
        <PageFault visit={key}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <Routes>
              {pages.map(({ path, Element }) => (
                <Route key={path} path={path} element={<Element />} />
              ))}
            </Routes>
          </Suspense>
        </PageFault>
      </main>
      <Footer />
    </NavigationContext>
  );
}

const pages = routes.map((route) => ({ path: route.path, Element: elementOf(route) }));

/** The code of a page and its texts are loaded when it is shown first. */
function elementOf({ load, texts, needsUser = false }: TextedRoute): ComponentType {
  const Page = lazy(async () => {
    const locale = chooseLocale([document.documentElement.lang]);
    const [{ Page: Loaded }, own] = await Promise.all([load(), loadTexts(texts, locale)]);
    return {
      default: () => (
        <WithTexts texts={own}>
          <Loaded />
        </WithTexts>
      ),
    };
  });
  if (!needsUser) return Page;
  return () => (
    <RequireUser>
      <Page />
    </RequireUser>
  );
}
