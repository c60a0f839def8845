import { Notice, PageHeading, PageMeta } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './legal.module.css';
import { paragraphsOf } from './paragraphs-of.ts';

const topics = [
  { id: 'legal.help.order', to: '/orders' },
  { id: 'legal.help.money', to: '/wallet' },
  { id: 'legal.help.account', to: '/account' },
] as const;

/** How to reach the shop (`legal.help.owner`), and where customers help themselves. */
export function Page() {
  const intl = useIntl();
  const owner = paragraphsOf(intl.formatMessage({ id: 'legal.help.owner' }));
  return (
    <div className={css['page']}>
      <PageMeta path="/help" isIndexed={owner.length > 0} />
      <PageHeading title={intl.formatMessage({ id: 'shell.help' })} />
      <h2>{intl.formatMessage({ id: 'legal.help.contact' })}</h2>
      {owner.length === 0 && <Notice tone="warn">{intl.formatMessage({ id: 'legal.help.unfilled' })}</Notice>}
      {owner.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <h2>{intl.formatMessage({ id: 'legal.help.yourself' })}</h2>
      <ul className={css['topics']}>
        {topics.map(({ id, to }) => (
          <li key={to}>
            <Link to={to}>{intl.formatMessage({ id })}</Link>
          </li>
        ))}
      </ul>
      <h2>{intl.formatMessage({ id: 'session.forgotten' })}</h2>
      <p>{intl.formatMessage({ id: 'session.forgottenHelp' })}</p>
    </div>
  );
}
