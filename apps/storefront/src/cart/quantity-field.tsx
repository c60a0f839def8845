import { type Ref, useId } from 'react';
import { useIntl } from 'react-intl';
import css from './cart.module.css';

type Props = {
  /** What is counted, for screen readers. */
  of?: string;
  value: string;
  max: number;
  error?: string | undefined;
  isDisabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  onChange(text: string): void;
  onBlur?(): void;
};

/** A number of units, with buttons for one less and one more. */
export function QuantityField({ of = '', value, max, error, isDisabled = false, inputRef, onChange, onBlur }: Props) {
  const intl = useIntl();
  const id = useId();
  const quantity = Number(value) || 0;
  const step = (by: number) => onChange(String(Math.min(Math.max(quantity + by, 1), max)));
  return (
    <div className={css['quantity']}>
      <label htmlFor={id} className={of === '' ? css['quantityLabel'] : css['hidden']}>
        {intl.formatMessage({ id: 'cart.quantity' })} {of}
      </label>
      <div className={css['stepper']}>
        <button
          type="button"
          aria-label={`${intl.formatMessage({ id: 'cart.less' })} ${of}`.trim()}
          disabled={isDisabled || quantity <= 1}
          onClick={() => step(-1)}
        >
          −
        </button>
        <input
          ref={inputRef}
          id={id}
          value={value}
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          readOnly={isDisabled}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          onChange={(event) => onChange(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={onBlur}
        />
        <button
          type="button"
          aria-label={`${intl.formatMessage({ id: 'cart.more' })} ${of}`.trim()}
          disabled={isDisabled || quantity >= max}
          onClick={() => step(1)}
        >
          +
        </button>
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={css['fieldError']}>
          {error}
        </p>
      )}
    </div>
  );
}
