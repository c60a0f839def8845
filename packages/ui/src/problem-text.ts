import { FlorinNetworkError, FlorinProblem } from '@florin/client';
import type { IntlShape } from 'react-intl';
import { waitText } from './wait-text.ts';

/** What a failed request tells a person. */
export type ProblemText = {
  /** What happened, and what to do. */
  text: string;
  /** To quote to support; undefined if no answer came. */
  requestId: string | undefined;
  /** Whether the same request may succeed later. */
  isRetryable: boolean;
};

/**
 * Puts a failure into the reader's words, by its code. An unknown code, which a newer server may send, gets the text of its kind.
 *
 * @param error what a call of the client threw
 */
export function problemText(error: unknown, intl: IntlShape): ProblemText {
  if (error instanceof FlorinNetworkError) return plain(intl, error.isTimeout ? 'ui.error.timeout' : 'ui.error.offline', true);
  if (!(error instanceof FlorinProblem)) return plain(intl, 'ui.error.unknown', false);
  const id = `error.${error.code}`;
  const isKnown = id in intl.messages;
  const values = Object.fromEntries(Object.entries(error.extensions).filter(([, value]) => isPrintable(value)));
  const wait = error.retryAfterMs === undefined ? intl.formatMessage({ id: 'ui.aMoment' }) : waitText(error.retryAfterMs, intl);
  return {
    text: intl.formatMessage({ id: isKnown ? id : fallbackOf(error.status) }, { ...values, wait } as Record<
      string,
      string | number
    >),
    requestId: error.requestId,
    isRetryable: error.status >= 500 || error.status === 429,
  };
}

function plain(intl: IntlShape, id: string, isRetryable: boolean): ProblemText {
  return { text: intl.formatMessage({ id }), requestId: undefined, isRetryable };
}

function fallbackOf(status: number): string {
  return status >= 500 ? 'ui.error.server' : 'ui.error.refused';
}

function isPrintable(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
