const known: readonly string[] = [
  'INSUFFICIENT_FUNDS',
  'SPEND_LIMIT_EXCEEDED',
  'DAILY_LIMIT_EXCEEDED',
  'WALLET_FROZEN',
  'CURRENCY_MISMATCH',
  'WALLET_NOT_FOUND',
];

/** The id of the text that explains why a wallet does not pay, and where the buyer goes next. The set of reasons is open. */
export function declineWords(code: string | undefined): { id: string; next: 'topUp' | 'wallet' | undefined } {
  const id = `parts.decline.${known.includes(code ?? '') ? code : 'OTHER'}`;
  if (code === 'INSUFFICIENT_FUNDS') return { id, next: 'topUp' };
  return { id, next: code === 'SPEND_LIMIT_EXCEEDED' || code === 'DAILY_LIMIT_EXCEEDED' ? 'wallet' : undefined };
}
