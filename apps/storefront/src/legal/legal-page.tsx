import { Notice, PageHeading, PageMeta } from '@florin/ui';
import { useIntl } from 'react-intl';
import css from './legal.module.css';
import { paragraphsOf } from './paragraphs-of.ts';

type Props = { name: 'terms' | 'privacy' | 'imprint' };

/** A page whose words are the shop owner's: `legal.<name>.owner`. Until they are filled in, the page says so. */
export function LegalPage({ name }: Props) {
  const intl = useIntl();
  const owner = paragraphsOf(intl.formatMessage({ id: `legal.${name}.owner` }));
  return (
    <div className={css['page']}>
      <PageMeta path={`/${name}`} isIndexed={owner.length > 0} />
      <PageHeading title={intl.formatMessage({ id: `shell.${name}` })} />
      {owner.length === 0 && <Notice tone="warn">{intl.formatMessage({ id: 'legal.unfilled' })}</Notice>}
      {owner.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {paragraphsOf(intl.formatMessage({ id: `legal.${name}.facts` })).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}
