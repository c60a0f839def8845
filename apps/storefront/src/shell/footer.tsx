import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { LanguageChoice } from './language-choice.tsx';
import css from './shell.module.css';
import { ThemeChoice } from './theme-choice.tsx';

const pages = ['help', 'terms', 'privacy', 'imprint'] as const;

/** The footer of all pages. */
export function Footer() {
  const intl = useIntl();
  return (
    <footer className={css['footer']}>
      <div className={css['bar']}>
        <nav aria-label={intl.formatMessage({ id: 'shell.footer' })} className={css['footerLinks']}>
          {pages.map((page) => (
            <Link key={page} to={`/${page}`}>
              {intl.formatMessage({ id: `shell.${page}` })}
            </Link>
          ))}
        </nav>
        <div className={css['choices']}>
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </div>
    </footer>
  );
}
