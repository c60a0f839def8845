import { type ComponentProps, useState } from 'react';
import { useIntl } from 'react-intl';
import { Field } from './field.tsx';
import css from './ui.module.css';

type Props = Omit<ComponentProps<typeof Field>, 'type' | 'end' | 'autoComplete'> & {
  /** Tells password managers which password belongs here. */
  autoComplete: 'current-password' | 'new-password';
};

/** A password, which the reader may look at while typing. */
export function PasswordField(props: Props) {
  const intl = useIntl();
  const [isShown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      spellCheck={false}
      autoCapitalize="none"
      autoCorrect="off"
      end={
        <button
          type="button"
          className={css['inputButton']}
          aria-label={intl.formatMessage({ id: isShown ? 'ui.password.hideIt' : 'ui.password.showIt' })}
          onClick={() => setShown(!isShown)}
        >
          {intl.formatMessage({ id: isShown ? 'ui.password.hide' : 'ui.password.show' })}
        </button>
      }
    />
  );
}
