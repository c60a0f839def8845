import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './session.module.css';

/** Says who helps with a forgotten password, as long as the shop sends no mail. */
export function ForgottenPassword() {
  const intl = useIntl();
  return (
    <details className={css['forgotten']}>
      <summary>{intl.formatMessage({ id: 'session.forgotten' })}</summary>
      <p>
        {intl.formatMessage({ id: 'session.forgottenHelp' })}{' '}
        <Link to="/help">{intl.formatMessage({ id: 'session.toHelp' })}</Link>
      </p>
    </details>
  );
}
