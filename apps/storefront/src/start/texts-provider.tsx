import type { Locale } from '@florin/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { IntlProvider } from 'react-intl';
import { loadErrorTexts, type Texts } from './load-texts.ts';

type Props = {
  locale: Locale;
  /** The texts that the visit begins with. */
  texts: Texts;
  children: ReactNode;
};

/** The texts of the app. Those of errors follow when the browser has time; until then an error has the text of its kind. */
export function TextsProvider({ locale, texts, children }: Props) {
  const [all, setAll] = useState(texts);
  useEffect(() => {
    let isGone = false;
    const add = (more: Texts) => {
      if (!isGone) setAll({ ...texts, ...more });
    };
    // Without them an error has the text of its kind.
    const cancel = whenIdle(() => void loadErrorTexts(locale).then(add, () => {}));
    return () => {
      isGone = true;
      cancel();
    };
  }, [locale, texts]);
  return (
    <IntlProvider locale={locale} messages={all} defaultLocale="en">
      {children}
    </IntlProvider>
  );
}

/** Safari has no `requestIdleCallback`. */
function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 1_000);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work);
  return () => cancelIdleCallback(request);
}
