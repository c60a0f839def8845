import { useIntl } from 'react-intl';
import css from './ui.module.css';

type Props = {
  /** Number of grey lines. */
  lines?: number;
  /** `card` is as high as a card of a product, so that nothing moves when it comes. */
  shape?: 'line' | 'card';
};

/** Holds the place of what is being loaded. */
export function Skeleton({ lines = 3, shape = 'line' }: Props) {
  const intl = useIntl();
  return (
    <div role="status" className={shape === 'card' ? css['skeletonCards'] : undefined}>
      <span className={css['hidden']}>{intl.formatMessage({ id: 'ui.loading' })}</span>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <div key={index} aria-hidden="true" className={css[shape === 'card' ? 'skeletonCard' : 'skeletonLine']} />
      ))}
    </div>
  );
}
