import { type Locale, locales } from '@florin/ui';
import { useId } from 'react';
import { useIntl } from 'react-intl';
import { keepLocale } from '../start/chosen-locale.ts';
import css from './shell.module.css';

const names: Record<Locale, string> = { en: 'English', de: 'Deutsch', es: 'Español', 'pt-BR': 'Português (Brasil)' };

/** Chooses the language. The page is loaded again with its texts. */
export function LanguageChoice() {
  const intl = useIntl();
  const id = useId();
  const choose = (locale: Locale) => {
    keepLocale(localStorage, locale);
    location.reload();
  };
  return (
    <span className={css['choice']}>
      <label htmlFor={id}>{intl.formatMessage({ id: 'shell.language' })}</label>
      <select id={id} value={intl.locale} onChange={(event) => choose(event.target.value as Locale)}>
        {locales.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {names[locale]}
          </option>
        ))}
      </select>
    </span>
  );
}
