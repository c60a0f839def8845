import { defineErrors } from '@florin/app-response';

export const walletErrors = defineErrors({
  WALLET_NOT_FOUND: { status: 404, title: 'The user has no wallet in this currency' },
  WALLET_FROZEN: { status: 409, title: 'The wallet is frozen' },
  WALLET_INSUFFICIENT_FUNDS: { status: 409, title: 'Insufficient funds' },
  USER_ERASED: { status: 409, title: 'The user is erased; the wallet stays frozen' },
  WALLET_FULL: { status: 409, title: 'The balance would exceed its maximum' },
});
