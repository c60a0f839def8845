import { type ReactNode, useMemo } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import type { Texts } from './load-texts.ts';

/** Adds texts to those that the app began with. */
export function WithTexts({ texts, children }: { texts: Texts; children: ReactNode }) {
  const { locale, messages } = useIntl();
  const all = useMemo(() => ({ ...(messages as Texts), ...texts }), [messages, texts]);
  return (
    <IntlProvider locale={locale} messages={all} defaultLocale="en">
      {children}
    </IntlProvider>
  );
}
