import type { ButtonHTMLAttributes } from 'react';
import css from './ui.module.css';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** While its request is under way. The button keeps its focus and its place, and does nothing. */
  isBusy?: boolean;
};

/** A button. `type` is `button` unless it is given: a forgotten one must not submit a form. */
export function Button({ variant = 'secondary', isBusy = false, type = 'button', onClick, className = '', ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={isBusy || rest['aria-disabled']}
      aria-busy={isBusy}
      // Enter in a field clicks the submit button too.
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={`${css['button']} ${css[variant]} ${className}`}
    />
  );
}

/** The look of a button, for links that lead to an action. */
export function buttonClass(variant: NonNullable<Props['variant']> = 'secondary'): string {
  return `${css['button']} ${css[variant]}`;
}
