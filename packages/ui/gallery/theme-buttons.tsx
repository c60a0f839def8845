import { Button } from '../src/index.ts';
import css from './gallery.module.css';

/** Shows the gallery in one of the themes. */
export function ThemeButtons() {
  const show = (theme: 'light' | 'dark') => {
    document.documentElement.dataset['theme'] = theme;
  };
  return (
    <div className={css['row']}>
      <Button onClick={() => show('light')}>Light</Button>
      <Button onClick={() => show('dark')}>Dark</Button>
    </div>
  );
}
