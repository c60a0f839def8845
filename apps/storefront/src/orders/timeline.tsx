import type { Purchase } from '@florin/client';
import { Money, ProblemNotice, Skeleton, Time } from '@florin/ui';
import { useIntl } from 'react-intl';
import css from './orders.module.css';
import { stepWords } from './timeline-words.ts';
import { useTimeline } from './use-order.ts';

/** What has happened to an order, oldest first. */
export function Timeline({ order: { id, version, currency } }: { order: Purchase }) {
  const intl = useIntl();
  const { data: steps, error, refetch } = useTimeline(id, version);
  if (steps === undefined) return error === null ? <Skeleton /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return (
    <ol className={css['timeline']}>
      {steps.map((step) => {
        const words = stepWords(step);
        return (
          words !== undefined && (
            <li key={step.eventId ?? step.at + step.type}>
              <span>
                {intl.formatMessage({ id: words.id })}
                {words.amountMinor !== undefined && (
                  <>
                    {': '}
                    <Money minor={words.amountMinor} currency={currency} />
                  </>
                )}
              </span>
              <span className={css['soft']}>
                <Time at={step.at} />
              </span>
            </li>
          )
        );
      })}
    </ol>
  );
}
