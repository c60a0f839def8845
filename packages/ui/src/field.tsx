import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import css from './ui.module.css';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'aria-describedby'> & {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value, in words. */
  error?: ReactNode;
  /** Shown inside the input's frame, at its end, such as a button. */
  end?: ReactNode;
};

/** An input with its label, a hint and its error, which screen readers say with it. */
export function Field({ label, hint, error, end, ...input }: Props) {
  const id = useId();
  const hasError = error !== undefined && error !== null && error !== false;
  const described = [hint !== undefined && `${id}-hint`, hasError && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={css['field']}>
      <label htmlFor={id} className={css['label']}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={css['hint']}>
          {hint}
        </p>
      )}
      <div className={css['inputFrame']}>
        <input {...input} id={id} aria-invalid={hasError} aria-describedby={described || undefined} className={css['input']} />
        {end}
      </div>
      {hasError && (
        <p id={`${id}-error`} className={css['fieldError']}>
          {error}
        </p>
      )}
    </div>
  );
}
