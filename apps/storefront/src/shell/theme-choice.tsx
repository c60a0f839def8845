import { useId, useState } from 'react';
import { useIntl } from 'react-intl';
import { chosenTheme, keepTheme, showTheme, type Theme, themes } from '../start/chosen-theme.ts';
import css from './shell.module.css';

/** Chooses between the light and the dark theme, or that of the device. */
export function ThemeChoice() {
  const intl = useIntl();
  const id = useId();
  const [chosen, setChosen] = useState(() => chosenTheme(localStorage));
  const choose = (theme: Theme) => {
    keepTheme(localStorage, theme);
    showTheme(document.documentElement, theme);
    setChosen(theme);
  };
  return (
    <span className={css['choice']}>
      <label htmlFor={id}>{intl.formatMessage({ id: 'shell.theme' })}</label>
      <select id={id} value={chosen} onChange={(event) => choose(event.target.value as Theme)}>
        {themes.map((theme) => (
          <option key={theme} value={theme}>
            {intl.formatMessage({ id: `shell.theme.${theme}` })}
          </option>
        ))}
      </select>
    </span>
  );
}
