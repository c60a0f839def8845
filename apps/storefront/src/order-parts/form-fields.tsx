import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';
import css from './order-parts.module.css';

type Common = { label: ReactNode; hint?: ReactNode; error?: string | undefined };

type SelectProps = Common & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'>;

/** A select with its label, and its error, which screen readers say with it. */
export function SelectField({ label, hint, error, ...select }: SelectProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <select {...select} id={id} {...described(id, { hint, error })} className={css['input']} />
    </Labelled>
  );
}

type TextProps = Common & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>;

/** A text of several lines with its label, a hint and its error. */
export function TextField({ label, hint, error, ...textarea }: TextProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <textarea {...textarea} id={id} {...described(id, { hint, error })} className={css['input']} />
    </Labelled>
  );
}

function described(id: string, { hint, error }: Pick<Common, 'hint' | 'error'>): InputHTMLAttributes<never> {
  const ids = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  return { 'aria-invalid': error !== undefined, ...(ids !== '' && { 'aria-describedby': ids }) };
}

function Labelled({ id, label, hint, error, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className={css['field']}>
      <label htmlFor={id} className={css['label']}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={css['soft']}>
          {hint}
        </p>
      )}
      {children}
      {error !== undefined && (
        <p id={`${id}-error`} className={css['fieldError']}>
          {error}
        </p>
      )}
    </div>
  );
}
