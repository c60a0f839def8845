import type { I18nProvider } from 'react-admin';
import type { IntlShape } from 'react-intl';
import { type Locale, localeNames, locales } from './texts.ts';

/** Gives react-admin's own components the texts of react-intl, so that the console has one set of texts. */
export function createI18nProvider(intl: IntlShape, change: (locale: Locale) => void): I18nProvider {
  return {
    translate: (key: string, options: { _?: string } & Record<string, string | number> = {}) =>
      key in intl.messages ? intl.formatMessage({ id: key }, options) : (options._ ?? key),
    changeLocale: (locale: string) => {
      change(locale as Locale);
      return Promise.resolve();
    },
    getLocale: () => intl.locale,
    getLocales: () => locales.map((locale) => ({ locale, name: localeNames[locale] })),
  };
}
