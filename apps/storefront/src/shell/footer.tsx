import { type Locale, locales } from '@florin/ui';
import { useId } from 'react';
import { useIntl } from 'react-intl';
import { keepLocale } from '../start/chosen-locale.ts';
import css from './shell.module.css';

const names: Record<Locale, string> = { en: 'English', de: 'Deutsch', es: 'Español', 'pt-BR': 'Português (Brasil)' };

/** The footer of all pages. */
export function Footer() {
  const intl = useIntl();
  const id = useId();
  const choose = (locale: Locale) => {
    keepLocale(localStorage, locale);
    location.reload();
  };
  return (
    <footer className={css['footer']}>
      <div className={css['bar']}>
        <label htmlFor={id}>{intl.formatMessage({ id: 'shell.language' })}</label>
        <select id={id} value={intl.locale} onChange={(event) => choose(event.target.value as Locale)}>
          {locales.map((locale) => (
            <option key={locale} value={locale} lang={locale}>
              {names[locale]}
            </option>
          ))}
        </select>
      </div>
    </footer>
  );
}
