import type { ReactNode } from 'react';
import type { Tone } from './tone.ts';
import css from './ui.module.css';

/** Shows a status by words and a colour: never by the colour alone. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`${css['status']} ${css[tone]}`}>{children}</span>;
}

/** Shows a message that people must not miss. `isLive` makes screen readers say it when it appears. */
export function Notice({ tone, isLive = false, children }: { tone: Tone; isLive?: boolean; children: ReactNode }) {
  return (
    <div className={`${css['notice']} ${css[tone]}`} {...(isLive && { role: tone === 'bad' ? 'alert' : 'status' })}>
      {children}
    </div>
  );
}
