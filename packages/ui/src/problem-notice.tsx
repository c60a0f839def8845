import { useIntl } from 'react-intl';
import { Button } from './button.tsx';
import { problemText } from './problem-text.ts';
import { Notice } from './status.tsx';
import css from './ui.module.css';

type Props = {
  /** What a call of the client threw. */
  error: unknown;
  /** Sends the same request again. */
  onRetry?: (() => void) | undefined;
};

/** Says what happened and what to do, with the request id, and offers to try again. */
export function ProblemNotice({ error, onRetry }: Props) {
  const intl = useIntl();
  const { text, requestId } = problemText(error, intl);
  return (
    <Notice tone="bad" isLive>
      <p>{text}</p>
      {requestId !== undefined && (
        <p className={css['small']}>
          {intl.formatMessage({ id: 'ui.requestId' })} <code>{requestId}</code>
        </p>
      )}
      {onRetry !== undefined && <Button onClick={onRetry}>{intl.formatMessage({ id: 'ui.retry' })}</Button>}
    </Notice>
  );
}
