import tokens from '../src/tokens.css?raw';
import css from './gallery.module.css';

const names = [...new Set([...tokens.matchAll(/--(color-[\w-]+):/g)].map(([, name = '']) => name))];

/** All colours by their names. */
export function Colours() {
  return (
    <div className={css['row']}>
      {names.map((name) => (
        <div key={name} className={css['swatch']}>
          <svg aria-hidden="true" viewBox="0 0 1 1" preserveAspectRatio="none">
            <rect width="1" height="1" fill={`var(--${name})`} />
          </svg>
          {name.slice('color-'.length)}
        </div>
      ))}
    </div>
  );
}
