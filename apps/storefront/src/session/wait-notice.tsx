import { FlorinProblem } from '@florin/client';
import { Notice, ProblemNotice, waitText } from '@florin/ui';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';

/** Says why a request with a password was refused. After too many attempts it counts down to the next one. */
export function WaitNotice({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  if (error instanceof FlorinProblem && error.code === 'RATE_LIMITED' && error.retryAfterMs !== undefined)
    return <Countdown key={error.requestId} ms={error.retryAfterMs} />;
  return <ProblemNotice error={error} />;
}

function Countdown({ ms }: { ms: number }) {
  const intl = useIntl();
  const [until] = useState(() => Date.now() + ms);
  const [leftMs, setLeftMs] = useState(ms);
  const isOver = leftMs <= 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setLeftMs(until - Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until, isOver]);
  if (isOver)
    return (
      <Notice tone="info" isLive>
        {intl.formatMessage({ id: 'session.waitOver' })}
      </Notice>
    );
  return (
    <Notice tone="warn">
      {/* Screen readers say the time once, not every second. */}
      <p role="alert">{intl.formatMessage({ id: 'session.tooMany' }, { wait: waitText(ms, intl) })}</p>
      <p aria-hidden="true">{intl.formatMessage({ id: 'session.waitLeft' }, { wait: waitText(leftMs, intl) })}</p>
    </Notice>
  );
}
