import { defineErrors } from '@florin/app-response';

export const walletErrors = defineErrors({
  WALLET_NOT_FOUND: {
    status: 404,
    title: 'The user has no wallet in this currency',
    meaning:
      'The user has no wallet in the currency of the request. The wallet of a new account is opened within seconds; then the answer has `Retry-After`.',
    action: 'With `Retry-After`: wait and retry. Without: use a currency in which the user has a wallet.',
  },
  WALLET_FROZEN: {
    status: 409,
    title: 'The wallet is frozen',
    meaning: 'An admin froze the wallet. It takes refunds and captures of holds, and pays no purchases.',
    action: 'Do not retry. Ask support.',
  },
  WALLET_INSUFFICIENT_FUNDS: {
    status: 409,
    title: 'Insufficient funds',
    meaning: 'The wallet would be overdrawn beyond its credit limit. `detail` has the missing amount.',
    action: 'Choose a smaller amount, or raise the balance first.',
  },
  USER_ERASED: {
    status: 409,
    title: 'The user is erased; the wallet stays frozen',
    meaning: "The account of the wallet's owner was erased. The wallet stays frozen for good.",
    action: 'Do not retry.',
  },
  WALLET_FULL: {
    status: 409,
    title: 'The balance would exceed its maximum',
    meaning: 'The balance would be larger than a number in JSON can safely hold.',
    action: 'Choose a smaller amount.',
  },
});
