import { chooseLocale, NavigationContext, Skeleton } from '@florin/ui';
import { type ComponentType, lazy, Suspense, useMemo } from 'react';
import { useIntl } from 'react-intl';
import { Route, Routes } from 'react-router';
import type { PageRoute } from '../page-route.ts';
import { routes } from '../routes.ts';
import { RequireUser } from '../session/index.ts';
import { loadMoreTexts } from '../start/load-texts.ts';
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

/** The code of a page is loaded when it is shown first, and so are its texts if the app did not begin with them. */
function elementOf({ load, hasStartTexts = false, needsUser = false }: PageRoute): ComponentType {
  const Page = lazy(async () => {
    if (hasStartTexts) return { default: (await load()).Page };
    const [{ Page: Loaded }, texts] = await Promise.all([load(), loadMoreTexts(chooseLocale([document.documentElement.lang]))]);
    return {
      default: () => (
        <WithTexts texts={texts}>
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
