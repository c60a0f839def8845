import { FlorinProblem } from '@florin/client';
import { problemText } from '@florin/ui';
import { useIntl } from 'react-intl';

/** Returns the function that says in words what went wrong. A code without a text of ours is told in the server's words. */
export function useProblemText(): (error: unknown) => string {
  const intl = useIntl();
  return (error) => {
    const isUntold = error instanceof FlorinProblem && error.status < 500 && !(`error.${error.code}` in intl.messages);
    return isUntold ? [error.title, error.detail].filter(Boolean).join('. ') : problemText(error, intl).text;
  };
}
